package io.sockeye.json;

/** One side of a connection, as the other one sees it: who has sent what cannot be read, or owes an answer. */
public enum Peer {
    CLIENT,
    SERVER
}
