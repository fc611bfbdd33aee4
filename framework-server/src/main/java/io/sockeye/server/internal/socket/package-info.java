/** One client in one namespace: what is sent to it, how its handlers are called, how it ends. */
@NullMarked
package io.sockeye.server.internal.socket;

import org.jspecify.annotations.NullMarked;
