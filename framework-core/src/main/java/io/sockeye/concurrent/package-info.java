/** The order and the threads in which server and client complete users' futures, and the causes of failed ones. */
@NullMarked
package io.sockeye.concurrent;

import org.jspecify.annotations.NullMarked;
