package io.sockeye.chat;

import org.jspecify.annotations.Nullable;

/** A message for one person alone. */
public record Whisper(@Nullable String to, @Nullable String text) {}
