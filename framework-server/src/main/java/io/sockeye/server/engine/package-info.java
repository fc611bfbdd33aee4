/** The HTTP side of Engine.IO as interfaces that a host of the server implements: Netty, another HTTP server, or a simulated one. */
@NullMarked
package io.sockeye.server.engine;

import org.jspecify.annotations.NullMarked;
