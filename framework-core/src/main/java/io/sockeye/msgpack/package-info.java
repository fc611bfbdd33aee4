/** Socket.IO packets in MessagePack. The only package that knows org.msgpack. */
@NullMarked
package io.sockeye.msgpack;

import org.jspecify.annotations.NullMarked;
