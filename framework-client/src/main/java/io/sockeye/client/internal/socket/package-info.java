/** One namespace: joining it, sending and receiving its events, coming back to it. */
@NullMarked
package io.sockeye.client.internal.socket;

import org.jspecify.annotations.NullMarked;
