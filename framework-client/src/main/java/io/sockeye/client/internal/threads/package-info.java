/** Threads, timers and executors: the loop that owns the connection, and the threads on which the user's code runs. */
@NullMarked
package io.sockeye.client.internal.threads;

import org.jspecify.annotations.NullMarked;
