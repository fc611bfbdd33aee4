/** Engine.IO without I/O, for server and client: codecs, handshake, settings and the interface of transports. */
@NullMarked
package io.sockeye.engine;

import org.jspecify.annotations.NullMarked;
