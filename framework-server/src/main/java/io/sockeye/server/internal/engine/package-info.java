/** The HTTP side of Engine.IO, on any host: which request belongs to which session, polling, WebSocket; and the user's routes. */
@NullMarked
package io.sockeye.server.internal.engine;

import org.jspecify.annotations.NullMarked;
