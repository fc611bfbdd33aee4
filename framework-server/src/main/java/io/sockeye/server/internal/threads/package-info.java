/** Where the user's code runs: mailboxes, pools, the watch over handlers, and what is due when. */
@NullMarked
package io.sockeye.server.internal.threads;

import org.jspecify.annotations.NullMarked;
