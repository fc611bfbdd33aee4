/** What users see of the wire: packets of Engine.IO and Socket.IO, transports, the interface of parsers and the standard one. */
@NullMarked
package io.sockeye.protocol;

import org.jspecify.annotations.NullMarked;
