/** One connection for all sockets of a client: opened, upgraded, lost and opened again. */
@NullMarked
package io.sockeye.client.internal.connection;

import org.jspecify.annotations.NullMarked;
