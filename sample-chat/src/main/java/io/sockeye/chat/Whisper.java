package io.sockeye.chat;

import org.jspecify.annotations.Nullable;

/** A message for one person alone. */
record Whisper(@Nullable String to, @Nullable String text) {}
