/** Threads, native transports and listening sockets of Netty, and what its exceptions mean. */
@NullMarked
package io.sockeye.server.internal.netty.io;

import org.jspecify.annotations.NullMarked;
