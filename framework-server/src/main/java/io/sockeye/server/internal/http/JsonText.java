package io.sockeye.server.internal.http;

/** A text as JSON, for the answers that the transports give by themselves. */
final class JsonText {
    private JsonText() {}

    static String quote(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append("\\u%04x".formatted((int) c)); // Half a pair has no UTF-8.
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
