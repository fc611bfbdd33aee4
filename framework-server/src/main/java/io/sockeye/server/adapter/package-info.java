/** What an adapter implements, which reaches other servers, and a cluster with connection state recovery across them; and what the server offers to both. */
@NullMarked
package io.sockeye.server.adapter;

import org.jspecify.annotations.NullMarked;
