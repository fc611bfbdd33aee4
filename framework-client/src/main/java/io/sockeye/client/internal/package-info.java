/** What users hold, implemented: the builder, the client and its sockets. Puts the other inner packages together. */
@NullMarked
package io.sockeye.client.internal;

import org.jspecify.annotations.NullMarked;
