/** The client's transports over the JDK's HTTP client; seen by the client alone. */
@NullMarked
package io.sockeye.client.internal.http;

import org.jspecify.annotations.NullMarked;
