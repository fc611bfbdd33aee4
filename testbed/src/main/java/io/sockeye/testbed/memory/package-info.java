/** A server that is attacked in a JVM of its own, and what it holds in memory meanwhile. */
@NullMarked
package io.sockeye.testbed.memory;

import org.jspecify.annotations.NullMarked;
