/** The state machines of one Engine.IO session, of a server and of a client: heartbeat, upgrade, outbox, close. */
@NullMarked
package io.sockeye.engine.session;

import org.jspecify.annotations.NullMarked;
