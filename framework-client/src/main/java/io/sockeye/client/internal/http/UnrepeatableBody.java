package io.sockeye.client.internal.http;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The empty body of a poll that the JDK must not send twice. The JDK repeats a GET by itself when the connection ends
 * before the first byte of the answer, although the server may have written an answer, whose messages would be lost
 * unnoticed. At each attempt it asks for the length of the body: the second time this fails.
 */
final class UnrepeatableBody implements HttpRequest.BodyPublisher {
    private final AtomicBoolean sent = new AtomicBoolean();

    @Override
    public long contentLength() {
        if (sent.getAndSet(true)) {
            throw new IllegalStateException("the connection ended before the answer");
        }
        return 0;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        HttpRequest.BodyPublishers.noBody().subscribe(subscriber);
    }
}
