package io.sockeye.server.internal.recovery;

import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.rooms.Loops;

/** A log, and what those need who have done what it says. */
record LogParts(ServerContext context, Loops loops, EventLog log, LogDeliveries deliveries) {}
