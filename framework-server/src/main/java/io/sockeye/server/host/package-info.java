/** What an HTTP server implements that hosts Sockeye: its loops, requests and WebSockets. Sockeye's own is one of them. */
@NullMarked
package io.sockeye.server.host;

import org.jspecify.annotations.NullMarked;
