/** HTTP/1.1 as bytes: what is read of a request, and what an answer has. */
@NullMarked
package io.sockeye.server.internal.netty.http;

import org.jspecify.annotations.NullMarked;
