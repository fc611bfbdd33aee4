package io.sockeye.client.internal.http;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;

/**
 * Gives a text message to the JDK piece by piece. What it is given at once it sends in fragments of 16 KiB by a buffer of the same
 * size, and where the header of a fragment ends right at the end of the buffer, it leaves that fragment's bytes out (17 as well as
 * 25): in the 2,048th at the earliest, with 2^25 bytes.
 */
final class TextPieces {
    /** At most 3 MiB each. */
    static final int PIECE_CHARACTERS = 1 << 20;

    private TextPieces() {}

    /** The result is that of the last piece, or of the first one that fails. */
    static CompletableFuture<WebSocket> send(Sender socket, String text) {
        return send(socket, text, 0);
    }

    private static CompletableFuture<WebSocket> send(Sender socket, String text, int from) {
        if (text.length() - from <= PIECE_CHARACTERS) {
            return socket.sendText(text.substring(from), true);
        }
        int end = from + PIECE_CHARACTERS;
        int to = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
        return socket.sendText(text.substring(from, to), false).thenCompose(sent -> send(socket, text, to));
    }

    /** {@link WebSocket#sendText}. */
    @FunctionalInterface
    interface Sender {
        CompletableFuture<WebSocket> sendText(CharSequence piece, boolean last);
    }
}
