package io.sockeye.client.internal.http;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The empty body of a poll that the JDK's client shall not send a second time. It does so on its own when a connection
 * ends before the first byte of the answer, although the server may have written that answer, with messages which then
 * are lost in silence. It asks for the length of the body at each attempt: the second time is a failure.
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
