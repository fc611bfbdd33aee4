/** Engine.IO 4 without I/O: packets, codec and the state machines of both roles. */
@NullMarked
package io.sockeye.engine;

import org.jspecify.annotations.NullMarked;
