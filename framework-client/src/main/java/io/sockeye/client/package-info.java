/** The client: {@link io.sockeye.client.SocketClient} is where to begin. */
@NullMarked
package io.sockeye.client;

import org.jspecify.annotations.NullMarked;
