package io.sockeye.chat;

/** The server has the message. */
public record Receipt(String id, long at) {}
