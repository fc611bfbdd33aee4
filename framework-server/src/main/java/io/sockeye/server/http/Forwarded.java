package io.sockeye.server.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The values of the headers of proxies, from the client's end to this server's. */
final class Forwarded {
    /** Stands for all addresses of a line that cannot be read; it is not an address itself. */
    static final String UNREADABLE = "\"";

    private Forwarded() {}

    /**
     * One entry for each proxy in both lists, or, in the older headers, as many as they have.
     *
     * @param addresses empty texts where a proxy names none
     */
    record Elements(List<String> addresses, List<String> protocols, List<String> hosts) {}

    /** {@code X-Forwarded-For}, {@code X-Forwarded-Proto} and {@code X-Forwarded-Host}. */
    static Elements legacyElements(List<String> headers) {
        return new Elements(
                plainList(headers, "x-forwarded-for"),
                plainList(headers, "x-forwarded-proto"),
                plainList(headers, "x-forwarded-host"));
    }

    /**
     * {@code Forwarded: for=192.0.2.60;proto=https, for="[2001:db8::1]:80"}: RFC 7239, 4. Each line is read separately:
     * quotes that a client opens in its line must not change the meaning of the proxies' lines.
     */
    static Elements elements(List<String> headers) {
        var addresses = new ArrayList<String>();
        var protocols = new ArrayList<String>();
        var hosts = new ArrayList<String>();
        for (var line : lines(headers, "forwarded")) {
            if (line.isBlank()) {
                continue;
            }
            var elements = split(line, ',');
            if (elements.isEmpty()) {
                addresses.add(UNREADABLE);
                protocols.add("");
                hosts.add("");
            }
            for (var element : elements) {
                addresses.add(parameter(element, "for"));
                protocols.add(parameter(element, "proto"));
                hosts.add(parameter(element, "host"));
            }
        }
        return new Elements(addresses, protocols, hosts);
    }

    private static String parameter(String element, String name) {
        for (var pair : split(element, ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && pair.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals(name)) {
                return unquote(pair.substring(equals + 1).strip());
            }
        }
        return "";
    }

    private static String unquote(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }

    /** Several headers of one name mean the same as one with all values: RFC 9110, 5.3. */
    private static List<String> lines(List<String> headers, String name) {
        var values = new ArrayList<String>(1);
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                values.add(headers.get(i + 1));
            }
        }
        return values;
    }

    private static List<String> plainList(List<String> headers, String name) {
        return Arrays.stream(String.join(",", lines(headers, name)).split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** The parts between separators outside of quotes. Empty if quotes are not closed. */
    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || (text.charAt(i) == separator && !quoted)) {
                var part = text.substring(start, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            } else if (text.charAt(i) == '"') {
                quoted = !quoted;
            } else if (text.charAt(i) == '\\' && quoted) {
                i++;
            }
        }
        return quoted ? List.of() : parts;
    }
}
