package io.sockeye.server.internal.http;

import io.sockeye.server.http.ProxyTrust;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxies that are believed about clients. Any thread. */
public final class Proxies {
    private static final Logger log = LoggerFactory.getLogger(Proxies.class);

    private final ProxyTrust trust;
    private final AtomicBoolean told = new AtomicBoolean();

    public Proxies(ProxyTrust trust) {
        this.trust = trust;
    }

    /** Who sent a request that came from this peer. */
    ProxyTrust.Peer origin(List<String> headers, ProxyTrust.Peer peer) {
        tellIfSilent(headers, peer);
        return trust.origin(headers, peer);
    }

    /** The host that a proxy was asked for; null if no trusted one says. */
    @Nullable
    String host(List<String> headers, ProxyTrust.Peer peer) {
        return trust.host(headers, peer).orElse(null);
    }

    /** A proxy that leaves the header alone lets clients write it. */
    private void tellIfSilent(List<String> headers, ProxyTrust.Peer peer) {
        if (told.get()) {
            return;
        }
        trust.missing(headers, peer).ifPresent(header -> {
            if (told.compareAndSet(false, true)) {
                log.warn(
                        "trustProxy: a request by way of {} has no {}. If it is no health check, the proxy does not set it and"
                                + " passes on what clients write there, which is believed: it must set it, or not be trusted",
                        peer.address().isEmpty() ? "the socket" : peer.address(),
                        header);
            }
        });
    }
}
