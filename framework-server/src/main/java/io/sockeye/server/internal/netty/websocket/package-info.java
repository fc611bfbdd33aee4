/** WebSocket frames and their compression. */
@NullMarked
package io.sockeye.server.internal.netty.websocket;

import org.jspecify.annotations.NullMarked;
