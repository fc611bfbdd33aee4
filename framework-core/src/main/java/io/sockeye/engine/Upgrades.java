package io.sockeye.engine;

import io.sockeye.protocol.TransportKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The transports that a session may upgrade to from each transport, the best first. A server offers them in its
 * handshake and refuses all other upgrades.
 */
public record Upgrades(Map<TransportKind, List<TransportKind>> table) {
    /** No upgrades. */
    public static final Upgrades NONE = new Upgrades(Map.of());

    /** From polling to WebSocket. */
    public static final Upgrades STANDARD =
            new Upgrades(Map.of(TransportKind.POLLING, List.of(TransportKind.WEBSOCKET)));

    public Upgrades {
        table = Map.copyOf(table);
    }

    /** These upgrades without those to transports that clients may not use. */
    public Upgrades to(Collection<TransportKind> usable) {
        var kept = new HashMap<TransportKind, List<TransportKind>>();
        table.forEach((kind, better) ->
                kept.put(kind, better.stream().filter(usable::contains).toList()));
        return new Upgrades(kept);
    }

    /** The transports that a session on this one may upgrade to. */
    public List<TransportKind> from(TransportKind present) {
        return table.getOrDefault(present, List.of());
    }
}
