package io.sockeye.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses, normalized to the form of {@link InetAddress}. */
final class IpAddress {
    private static final int MAX_LENGTH = 45;
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    /**
     * Matches only texts that the JDK does not look up as names: IPv4 addresses, and texts with a colon that begin like
     * an address.
     */
    private static final Pattern LITERAL =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|(?=[0-9a-f:])[0-9a-f:.]*:[0-9a-f:.]*");

    private IpAddress() {}

    /** Empty if the text is no address; a name is not looked up. */
    static Optional<String> parse(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (!isLiteral(lower)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(lower).getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty(); // Colons alone make no address.
        }
    }

    /** Whether the JDK reads the text as an address, valid or not, and does not look it up as a name. */
    static boolean isLiteral(String lower) {
        return lower.length() <= MAX_LENGTH && LITERAL.matcher(lower).matches();
    }

    /**
     * The address in a proxy's header, which may have a port and brackets; empty for {@code unknown} and other names.
     */
    static Optional<String> ofNode(String node) {
        int end = node.indexOf(']');
        if (node.startsWith("[") && end > 0) {
            return parse(node.substring(1, end));
        }
        int colon = node.indexOf(':');
        boolean port = colon > 0 && colon == node.lastIndexOf(':');
        return parse(port ? node.substring(0, colon) : node);
    }
}
