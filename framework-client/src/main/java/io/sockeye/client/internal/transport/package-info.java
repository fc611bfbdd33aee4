/** What a connection needs of transports, and what transports tell a connection. */
@NullMarked
package io.sockeye.client.internal.transport;

import org.jspecify.annotations.NullMarked;
