/** The user's handlers, and how they are called: in order, on the user's threads. */
@NullMarked
package io.sockeye.client.internal.handlers;

import org.jspecify.annotations.NullMarked;
