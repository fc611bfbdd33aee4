/** TLS handshakes beside the loops, and what is encrypted before it can be sent. */
@NullMarked
package io.sockeye.server.internal.netty.tls;

import org.jspecify.annotations.NullMarked;
