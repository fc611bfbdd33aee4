package io.sockeye.engine;

import io.sockeye.protocol.TransportKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * To which transports a session may go on from which one, the best first. A server offers them in its handshake, and lets
 * no other transport take a session over.
 */
public record Upgrades(Map<TransportKind, List<TransportKind>> table) {
    /** Sessions stay where they are. */
    public static final Upgrades NONE = new Upgrades(Map.of());

    /** From polling to WebSocket. */
    public static final Upgrades STANDARD =
            new Upgrades(Map.of(TransportKind.POLLING, List.of(TransportKind.WEBSOCKET)));

    public Upgrades {
        table = Map.copyOf(table);
    }

    /** These, as far as they lead to transports that clients may use. */
    public Upgrades to(Collection<TransportKind> usable) {
        var kept = new HashMap<TransportKind, List<TransportKind>>();
        table.forEach((kind, better) ->
                kept.put(kind, better.stream().filter(usable::contains).toList()));
        return new Upgrades(kept);
    }

    /** The transports that a session on this one may go on over. */
    public List<TransportKind> from(TransportKind present) {
        return table.getOrDefault(present, List.of());
    }
}
