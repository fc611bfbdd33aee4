package io.sockeye.chat;

/** Somebody begins to type, or stops. */
public record Typing(String id, String name, boolean typing) {}
