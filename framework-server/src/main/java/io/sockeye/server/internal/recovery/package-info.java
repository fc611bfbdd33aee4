/** Sessions whose client is away, and the log of what it has missed. */
@NullMarked
package io.sockeye.server.internal.recovery;

import org.jspecify.annotations.NullMarked;
