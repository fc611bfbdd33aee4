/** Marks the methods of a plain object that handle what happens to sockets. */
@NullMarked
package io.sockeye.server.annotation;

import org.jspecify.annotations.NullMarked;
