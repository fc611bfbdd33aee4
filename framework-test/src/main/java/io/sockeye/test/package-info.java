/** For tests of handlers: a server in memory whose clients a test plays, and a JUnit extension with real connections. */
@NullMarked
package io.sockeye.test;

import org.jspecify.annotations.NullMarked;
