package io.sockeye.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TextPiecesTest {
    private static final int PIECE = TextPieces.PIECE_CHARACTERS;

    private final List<String> pieces = new ArrayList<>();
    private final List<Boolean> last = new ArrayList<>();
    private final List<CompletableFuture<WebSocket>> sent = new ArrayList<>();

    private CompletableFuture<WebSocket> sendText(CharSequence piece, boolean isLast) {
        pieces.add(piece.toString());
        last.add(isLast);
        sent.add(new CompletableFuture<>());
        return sent.get(sent.size() - 1);
    }

    @Test
    void whatIsNotLongIsSentAtOnce() {
        TextPieces.send(this::sendText, "4" + "x".repeat(PIECE - 1));
        TextPieces.send(this::sendText, "2");
        assertThat(pieces).containsExactly("4" + "x".repeat(PIECE - 1), "2");
        assertThat(last).containsExactly(true, true);
    }

    @Test
    void whatIsLongIsSentPieceByPieceEachOnceTheOneBeforeHasLeft() {
        var all = TextPieces.send(this::sendText, "4" + "x".repeat(2 * PIECE));
        assertThat(last).containsExactly(false);
        sent.get(0).complete(null);
        sent.get(1).complete(null);
        assertThat(last).containsExactly(false, false, true);
        assertThat(pieces).containsExactly("4" + "x".repeat(PIECE - 1), "x".repeat(PIECE), "x");
        assertThat(all).isNotDone();
        sent.get(2).complete(null);
        assertThat(all).isCompleted();
    }

    @Test
    void noPieceEndsInsideACharacter() {
        TextPieces.send(this::sendText, "4" + "😀".repeat(PIECE / 2));
        sent.get(0).complete(null);
        assertThat(pieces).containsExactly("4" + "😀".repeat(PIECE / 2 - 1), "😀");
    }

    @Test
    void nothingFollowsAPieceThatFailed() {
        var all = TextPieces.send(this::sendText, "4" + "x".repeat(2 * PIECE));
        sent.get(0).completeExceptionally(new IOException("Broken pipe"));
        assertThat(pieces).hasSize(1);
        assertThat(all).isCompletedExceptionally();
    }
}
