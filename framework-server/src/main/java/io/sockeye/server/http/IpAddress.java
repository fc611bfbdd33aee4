package io.sockeye.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses in the one form that {@link InetAddress} gives them. */
final class IpAddress {
    private static final int MAX_LENGTH = 45;
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    /** Only what the JDK does not look up as a name: with a colon, what begins like an address. */
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

    /** Whether the JDK reads the text as an address, be it right or wrong, and looks nothing up. */
    static boolean isLiteral(String lower) {
        return lower.length() <= MAX_LENGTH && LITERAL.matcher(lower).matches();
    }

    /** The address of a proxy's header, which may have a port and brackets; empty for {@code unknown} and the like. */
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
