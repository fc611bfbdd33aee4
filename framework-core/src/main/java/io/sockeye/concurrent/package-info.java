/** In which order, and on which thread, server and client call what users hang onto futures, and what made futures fail. */
@NullMarked
package io.sockeye.concurrent;

import org.jspecify.annotations.NullMarked;
