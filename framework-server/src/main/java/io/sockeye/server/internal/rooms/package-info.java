/** Which sockets are in which rooms, on each loop and for the whole namespace. */
@NullMarked
package io.sockeye.server.internal.rooms;

import org.jspecify.annotations.NullMarked;
