/** One engine session: its packets, joins and deadlines, on the event loop that owns it. */
@NullMarked
package io.sockeye.server.internal.connection;

import org.jspecify.annotations.NullMarked;
