/**
 * The HTTP side of Engine.IO, over what a {@link io.sockeye.server.engine.Host} hands over: Netty, another HTTP server, or
 * one in memory.
 */
@NullMarked
package io.sockeye.server.engine;

import org.jspecify.annotations.NullMarked;
