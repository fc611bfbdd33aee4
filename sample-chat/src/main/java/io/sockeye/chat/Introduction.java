package io.sockeye.chat;

import org.jspecify.annotations.Nullable;

/** What the page sends along when it connects. */
public record Introduction(@Nullable String name, @Nullable String room) {}
