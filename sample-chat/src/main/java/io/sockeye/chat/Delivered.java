package io.sockeye.chat;

/** So many pages show the message by now. */
public record Delivered(String id, int to) {}
