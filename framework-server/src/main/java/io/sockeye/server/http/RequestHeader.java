package io.sockeye.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Headers of a request that occur several times, as Node sees them: joined, except those that can have only one value.
 */
final class RequestHeader {
    /** Headers of which only the first value counts. */
    private static final Set<String> SINGLE = Set.of(
            "age",
            "authorization",
            "content-length",
            "content-type",
            "etag",
            "expires",
            "from",
            "host",
            "if-modified-since",
            "if-unmodified-since",
            "last-modified",
            "location",
            "max-forwards",
            "proxy-authorization",
            "referer",
            "retry-after",
            "server",
            "user-agent");

    private RequestHeader() {}

    /** @param headers names and values, alternately */
    static Optional<String> value(List<String> headers, String name) {
        var values = new ArrayList<String>(1);
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                values.add(headers.get(i + 1));
            }
        }
        return values.stream().reduce((first, second) -> join(name.toLowerCase(Locale.ROOT), first, second));
    }

    /** Names in lower case, in their order. */
    static Map<String, String> all(List<String> headers) {
        var all = new LinkedHashMap<String, String>();
        for (int i = 0; i < headers.size(); i += 2) {
            var name = headers.get(i).toLowerCase(Locale.ROOT);
            all.merge(name, headers.get(i + 1), (first, second) -> join(name, first, second));
        }
        return all;
    }

    private static String join(String lowerName, String first, String second) {
        if (SINGLE.contains(lowerName)) {
            return first;
        }
        return first + (lowerName.equals("cookie") ? "; " : ", ") + second;
    }
}
