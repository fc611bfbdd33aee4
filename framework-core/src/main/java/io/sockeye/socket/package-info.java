/** Socket.IO 5 without I/O: packets, encoder, decoder and pending acknowledgements. */
@NullMarked
package io.sockeye.socket;

import org.jspecify.annotations.NullMarked;
