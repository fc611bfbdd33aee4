/** In which order, and on which thread, server and client call what users hang onto futures. */
@NullMarked
package io.sockeye.concurrent;

import org.jspecify.annotations.NullMarked;
