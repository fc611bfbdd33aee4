/** Sockeye's own host: connections, requests and WebSockets on the loops of Netty. Only this package and those in it see Netty. */
@NullMarked
package io.sockeye.server.internal.netty;

import org.jspecify.annotations.NullMarked;
