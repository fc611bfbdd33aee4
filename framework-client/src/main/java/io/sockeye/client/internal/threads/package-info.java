/** The client's threads and timers: the loop that owns the connection, and where the user's code runs. */
@NullMarked
package io.sockeye.client.internal.threads;

import org.jspecify.annotations.NullMarked;
