package io.sockeye.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The query of a URI.
 *
 * @param text the part behind the question mark
 */
public record Query(String text) {
    /** The query of a URI, empty if it has none. */
    public static Query of(String uri) {
        int start = uri.indexOf('?');
        return new Query(start < 0 ? "" : uri.substring(start + 1));
    }

    /** The first value of a parameter, decoded. */
    public Optional<String> first(String name) {
        for (int start = 0; start <= text.length(); ) {
            int and = text.indexOf('&', start);
            int end = and < 0 ? text.length() : and;
            int keyEnd = start;
            while (keyEnd < end && text.charAt(keyEnd) != '=') {
                keyEnd++;
            }
            if (decode(text.substring(start, keyEnd)).equals(name)) {
                return Optional.of(keyEnd == end ? "" : decode(text.substring(keyEnd + 1, end)));
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    /** All parameters, decoded, in order; of those of one name the last. */
    public Map<String, String> toMap() {
        var parameters = new LinkedHashMap<String, String>();
        for (var part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals));
            if (!part.isEmpty()) {
                parameters.put(name, equals < 0 ? "" : decode(part.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** All parameters, decoded, in order; of those of one name the first, as {@link #first} finds it. */
    public Map<String, String> firstValues() {
        var all = new LinkedHashMap<String, String>();
        for (var pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                all.putIfAbsent(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return Collections.unmodifiableMap(all);
    }

    /** Decodes like Node's parser: an invalid escape stays as it is, bytes that are not UTF-8 become U+FFFD. */
    static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        var decoded = new ByteArrayOutputStream(source.length);
        for (int i = 0; i < source.length; i++) {
            int escaped = source[i] == '%' && i + 2 < source.length ? hex(source[i + 1], source[i + 2]) : -1;
            if (escaped >= 0) {
                decoded.write(escaped);
                i += 2;
            } else {
                decoded.write(source[i] == '+' ? ' ' : source[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /** The byte of two hexadecimal digits; negative if they are not digits. */
    private static int hex(byte high, byte low) {
        int highDigit = Character.digit(high, 16);
        int lowDigit = Character.digit(low, 16);
        return highDigit < 0 || lowDigit < 0 ? -1 : highDigit << 4 | lowDigit;
    }
}
