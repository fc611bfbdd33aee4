/**
 * The interfaces of an HTTP server that hosts Sockeye: loops, requests and WebSockets. Sockeye's own server implements
 * them.
 */
@NullMarked
package io.sockeye.server.host;

import org.jspecify.annotations.NullMarked;
