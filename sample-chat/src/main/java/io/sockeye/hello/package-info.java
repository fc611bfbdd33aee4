/** The smallest program with a server and a client. */
@NullMarked
package io.sockeye.hello;

import org.jspecify.annotations.NullMarked;
