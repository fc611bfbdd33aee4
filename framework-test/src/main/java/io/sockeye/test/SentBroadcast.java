package io.sockeye.test;

import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.Target;

/**
 * An event that the application has sent to many: what it asked for, whoever was there to get it.
 *
 * <pre>{@code
 * assertThat(server.broadcasts().get(0).target().rooms()).containsExactly("lobby");
 * }</pre>
 *
 * @param namespace the namespace's name
 * @param target which sockets were meant; those of a socket to others have its id under {@code except}
 * @param flags in which way it was sent
 * @param event the event; to acknowledge it has no effect
 * @param asksForAnswers whether everybody was asked for an acknowledgement
 */
public record SentBroadcast(String namespace, Target target, Flags flags, SentEvent event, boolean asksForAnswers) {}
