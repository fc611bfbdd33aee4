package io.sockeye.test;

import io.sockeye.client.SocketClient;

/**
 * A client over a real connection to the server of {@link SocketServerExtension}, which keeps the events that come. What else it
 * does is what a {@link SocketClient} does.
 *
 * <pre>{@code
 * TestClient ann = server.client("/chat");
 * ann.emit("say", "hello");
 * assertThat(ann.awaitEvent("said", String.class)).isEqualTo("hello");
 * }</pre>
 */
public interface TestClient extends SocketClient, AwaitedEvents {}
