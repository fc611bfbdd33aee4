package io.sockeye.chat;

/** The server has the message. */
record Receipt(String id, long at) {}
