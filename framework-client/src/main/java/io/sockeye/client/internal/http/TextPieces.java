package io.sockeye.client.internal.http;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;

/**
 * Gives a text message to the JDK in pieces. The JDK sends a piece in fragments of 16 KiB through a buffer of the same
 * size. Where the header of a fragment ends exactly at the end of the buffer, the JDK (observed with 17 and 25) omits that
 * fragment's bytes: in the 2,048th fragment at the earliest, after 2^25 bytes.
 */
final class TextPieces {
    /** At most 3 MiB each. */
    static final int PIECE_CHARACTERS = 1 << 20;

    private TextPieces() {}

    /** @return completed as the last piece is, or the first one that fails */
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
