/** What all parts of a server share and what knows none of them: settings, memory, loops, clock, encoded events. */
@NullMarked
package io.sockeye.server.internal.context;

import org.jspecify.annotations.NullMarked;
