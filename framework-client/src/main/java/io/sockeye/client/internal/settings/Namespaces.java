package io.sockeye.client.internal.settings;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.SocketLimits;

/** The rule for the names of namespaces. */
public final class Namespaces {
    private static final int MAX_BYTES = SocketLimits.DEFAULT.namespaceLength();

    private Namespaces() {}

    /**
     * The name with its leading slash.
     *
     * @throws IllegalArgumentException if it contains a comma or is too long
     */
    public static String check(String namespace) {
        if (namespace.indexOf(',') >= 0) {
            throw new IllegalArgumentException("namespace with a comma: " + namespace);
        }
        var name = namespace.startsWith("/") ? namespace : "/" + namespace;
        if (Bytes.ofUtf8(name).length() > MAX_BYTES) {
            throw new IllegalArgumentException("namespace of more than " + MAX_BYTES + " bytes: " + namespace);
        }
        return name;
    }
}
