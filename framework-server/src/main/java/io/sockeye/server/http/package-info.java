/** HTTP for users of the server: the handshake's request, routes of their own, static files, CORS. */
@NullMarked
package io.sockeye.server.http;

import org.jspecify.annotations.NullMarked;
