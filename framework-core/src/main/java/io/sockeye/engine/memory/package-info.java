/** Accounts for the bytes that are held for clients: each is charged to a budget once. */
@NullMarked
package io.sockeye.engine.memory;

import org.jspecify.annotations.NullMarked;
