/** Engine.IO without I/O: what both roles share, which is codecs, handshake, settings and the interface of transports. */
@NullMarked
package io.sockeye.engine;

import org.jspecify.annotations.NullMarked;
