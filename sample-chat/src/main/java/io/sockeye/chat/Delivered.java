package io.sockeye.chat;

/** That many pages show the message. */
public record Delivered(String id, int to) {}
