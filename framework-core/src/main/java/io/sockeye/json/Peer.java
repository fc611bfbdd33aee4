package io.sockeye.json;

/** One side of a connection: the one that sent a value that cannot be read, or did not answer. */
public enum Peer {
    CLIENT,
    SERVER
}
