/** The server as a whole: built, started, counted, stopped, and its place in a cluster. */
@NullMarked
package io.sockeye.server.internal.server;

import org.jspecify.annotations.NullMarked;
