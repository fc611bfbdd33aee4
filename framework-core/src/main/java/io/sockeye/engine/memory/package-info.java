/** Bytes that are held for clients, charged to a budget once, by whoever holds them. */
@NullMarked
package io.sockeye.engine.memory;

import org.jspecify.annotations.NullMarked;
