/** HTTP, routing and the transports on Netty; the only package that knows it. */
@NullMarked
package io.sockeye.server.netty;

import org.jspecify.annotations.NullMarked;
