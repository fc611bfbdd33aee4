package io.sockeye.server.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which reverse proxies are trusted. Their headers decide {@link HttpRequest#remoteAddress()} and {@link
 * HttpRequest#secure()}, and whether a page is one of the server's own host ({@code X-Forwarded-Host}); without trust,
 * such headers have no effect. Addresses are followed from the connection's peer towards the client as long as they are
 * trusted, so that headers that a client sends itself have no effect.
 *
 * <p>Either {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are read, or, after {@link #byForwarded()}, the
 * {@code Forwarded} of RFC 7239. Never both: a proxy passes on headers that it does not know. If a line of {@code
 * Forwarded} cannot be read, for example because a client opens quotes and a proxy appends to that, the address is
 * empty, never a proxy's, and the client counts as not encrypted.
 *
 * <pre>{@code
 * SocketServer.builder().trustProxy(ProxyTrust.hops(1))
 * SocketServer.builder().trustProxy(ProxyTrust.addresses("10.0.0.7", "10.0.0.8").byForwarded())
 * }</pre>
 */
public final class ProxyTrust {
    /** No proxy at all. */
    public static final ProxyTrust NONE = hops(0);

    private static final Peer UNKNOWN = new Peer("", false);

    private final int hops;
    private final Predicate<String> trusts;
    private final boolean forwarded;

    private ProxyTrust(int hops, Predicate<String> trusts, boolean forwarded) {
        this.hops = hops;
        this.trusts = trusts;
        this.forwarded = forwarded;
    }

    /**
     * So many proxies are in front of the server, whatever their addresses. The server must not be reachable in another
     * way, and each of them must set the headers: one that does not passes on the client's headers, which are trusted
     * then. If a request comes without the headers, which shows such a proxy, the log warns once.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static ProxyTrust hops(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("trustProxy hops: " + count);
        }
        return new ProxyTrust(count, address -> true, false);
    }

    /**
     * The proxies have these IP addresses.
     *
     * @throws IllegalArgumentException if one is not an IP address
     */
    public static ProxyTrust addresses(String... addresses) {
        var known = new HashSet<String>();
        for (var address : addresses) {
            known.add(IpAddress.parse(address)
                    .orElseThrow(() -> new IllegalArgumentException("trustProxy address: '" + address + "'")));
        }
        return when(known::contains);
    }

    /**
     * The proxies have addresses that the predicate accepts, which are written as {@code InetAddress} does. It is
     * called on event loops and must not block. An exception is reported to the error handler, and the request is
     * answered with 500.
     */
    public static ProxyTrust when(Predicate<String> address) {
        return new ProxyTrust(Integer.MAX_VALUE, address, false);
    }

    /** The same proxies, which send the {@code Forwarded} of RFC 7239. */
    public ProxyTrust byForwarded() {
        return new ProxyTrust(hops, trusts, true);
    }

    /**
     * The client that sent a request through trusted proxies.
     *
     * @param headers of the request, names and values, alternately
     * @param peer the other end of the connection
     */
    public Peer origin(List<String> headers, Peer peer) {
        if (!trustsPeer(peer)) {
            return peer;
        }
        var elements = elements(headers);
        var chain = follow(elements.addresses(), peer);
        return chain.broken()
                ? UNKNOWN
                : new Peer(chain.address(), secure(elements.protocols(), Math.max(1, chain.passed()), peer));
    }

    /**
     * The host that the outermost trusted proxy was asked for: {@code X-Forwarded-Host}, or {@code host=}. Empty if
     * there is none.
     *
     * @param headers of the request, names and values, alternately
     * @param peer the other end of the connection
     */
    public Optional<String> host(List<String> headers, Peer peer) {
        if (!trustsPeer(peer)) {
            return Optional.empty();
        }
        var elements = elements(headers);
        var chain = follow(elements.addresses(), peer);
        var hosts = elements.hosts();
        if (chain.broken() || hosts.isEmpty()) {
            return Optional.empty();
        }
        var host = hosts.get(Math.max(0, hosts.size() - Math.max(1, chain.passed())));
        return host.isEmpty() ? Optional.empty() : Optional.of(host);
    }

    /** The header that a trusted proxy should have set with the client's address, if it has not. */
    public Optional<String> missing(List<String> headers, Peer peer) {
        boolean silent = trustsPeer(peer) && elements(headers).addresses().isEmpty();
        return silent ? Optional.of(forwarded ? "Forwarded" : "X-Forwarded-For") : Optional.empty();
    }

    private boolean trustsPeer(Peer peer) {
        return hops > 0 && trusts.test(peer.address());
    }

    private Forwarded.Elements elements(List<String> headers) {
        return forwarded ? Forwarded.elements(headers) : Forwarded.legacyElements(headers);
    }

    /** Follows the addresses as long as they are trusted. */
    private Chain follow(List<String> addresses, Peer peer) {
        var current = peer.address();
        int passed = 0;
        while (passed < hops && passed < addresses.size() && trusts.test(current)) {
            var node = addresses.get(addresses.size() - 1 - passed);
            if (node.equals(Forwarded.UNREADABLE)) {
                return new Chain("", passed, true);
            }
            var next = IpAddress.ofNode(node);
            if (next.isEmpty()) {
                break;
            }
            current = next.get();
            passed++;
        }
        return new Chain(current, passed, false);
    }

    /**
     * The proxies between the peer and the client.
     *
     * @param address of the client, or of the last proxy that can be followed
     * @param broken whether one of the headers cannot be read
     */
    private record Chain(String address, int passed, boolean broken) {}

    /** Whether the outermost trusted proxy says so; one that replaces the header leaves a single value. */
    private static boolean secure(List<String> protocols, int passed, Peer peer) {
        if (protocols.isEmpty()) {
            return peer.secure();
        }
        var protocol = protocols.get(Math.max(0, protocols.size() - passed)).toLowerCase(Locale.ROOT);
        return switch (protocol) {
            case "https", "wss" -> true;
            case "http", "ws" -> false;
            default -> peer.secure();
        };
    }

    /**
     * The other end of a connection, or of a chain of them.
     *
     * @param address an IP address, empty if there is none
     */
    public record Peer(String address, boolean secure) {}
}
