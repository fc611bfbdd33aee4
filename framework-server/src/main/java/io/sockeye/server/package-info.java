/** The server: namespaces, sockets, rooms, broadcasts. */
@NullMarked
package io.sockeye.server;

import org.jspecify.annotations.NullMarked;
