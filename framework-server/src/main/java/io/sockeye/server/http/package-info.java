/** HTTP as users of the server see it: the handshake's request, own routes, static files, CORS. */
@NullMarked
package io.sockeye.server.http;

import org.jspecify.annotations.NullMarked;
