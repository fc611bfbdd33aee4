/**
 * Servers and clients in one thread, on virtual time and over a wire that is as bad as a seed wants it, with a model that
 * says what must have happened.
 */
@NullMarked
package io.sockeye.testbed.simulation;

import org.jspecify.annotations.NullMarked;
