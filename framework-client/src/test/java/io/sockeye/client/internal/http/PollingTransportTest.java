package io.sockeye.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.client.internal.transport.TransportOwner;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Requests that fail, and what the server hears of it. */
class PollingTransportTest {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<CompletableFuture<HttpResponse<byte[]>>> polls = new ArrayList<>();
    private final List<CompletableFuture<HttpResponse<byte[]>>> posts = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private final List<CloseReason> ends = new ArrayList<>();
    private boolean opened = true;

    private final PollingTransport transport =
            new PollingTransport(() -> request(polls), this::post, () -> opened, new Owner());

    private PollingTransport.Exchange post(byte[] body) {
        bodies.add(new String(body, StandardCharsets.UTF_8));
        return request(posts);
    }

    private static PollingTransport.Exchange request(List<CompletableFuture<HttpResponse<byte[]>>> all) {
        var answer = new CompletableFuture<HttpResponse<byte[]>>();
        all.add(answer);
        return new PollingTransport.Exchange(answer);
    }

    private void fail(CompletableFuture<?> request) {
        request.completeExceptionally(new IOException("reset"));
        run();
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private void startAndSend() {
        transport.start();
        transport.write(List.of(EnginePacket.message(Bytes.ofUtf8("a"))));
        run();
    }

    @Test
    void aPostThatFailsWhileAPollHangsIsTold() {
        startAndSend();
        fail(posts.get(0));
        assertThat(bodies).containsExactly("4a", "1");
        assertThat(polls.get(0)).isCancelled();
        assertThat(ends).containsExactly(CloseReason.TRANSPORT_ERROR);
        assertThat(transport.ended()).isNotDone();
        fail(posts.get(1));
        assertThat(transport.ended()).isDone();
        assertThat(ends).hasSize(1);
    }

    @Test
    void aPollThatFailsWhileAPostHangsIsTold() {
        startAndSend();
        fail(polls.get(0));
        assertThat(posts.get(0)).isCancelled();
        assertThat(bodies).containsExactly("4a", "1");
        assertThat(ends).containsExactly(CloseReason.TRANSPORT_ERROR);
        fail(posts.get(1));
        assertThat(transport.ended()).isDone();
        assertThat(polls).hasSize(1);
    }

    @Test
    void nobodyIsToldOfASessionThatWasNotOpened() {
        opened = false;
        transport.start();
        fail(polls.get(0));
        assertThat(bodies).isEmpty();
        assertThat(ends).containsExactly(CloseReason.TRANSPORT_ERROR);
        assertThat(transport.ended()).isDone();
    }

    private final class Owner implements TransportOwner {
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void executeLater(Runnable task, long delayMillis) {
            // No time passes here.
        }

        @Override
        public void receivePayload(Transport from, Bytes payload) {}

        @Override
        public void receiveFrame(Transport from, Bytes frame, boolean binary) {}

        @Override
        public void transportReady(Transport ready) {}

        @Override
        public void transportPaused(Transport paused) {}

        @Override
        public void transportClosed(Transport gone, CloseReason why, TransportFailure failure) {
            ends.add(why);
        }
    }
}
