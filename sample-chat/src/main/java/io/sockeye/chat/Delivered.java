package io.sockeye.chat;

/** That many pages show the message. */
record Delivered(String id, int to) {}
