package io.sockeye.chat;

/** A message for one person alone. */
record Whisper(String to, String text) {}
