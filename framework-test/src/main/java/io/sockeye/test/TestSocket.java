package io.sockeye.test;

import io.sockeye.server.Socket;

/**
 * A server's socket whose client is the test. As a {@link Socket} it is the one that a real server has made in {@link
 * TestServer}: handlers that were added to the server or to it run as in production, but on the thread of the test.
 *
 * <pre>{@code
 * var socket = server.connect();
 * socket.receive("say", "hello");
 * assertThat(socket.rooms()).contains("lobby");
 * assertThat(socket.sent("said")).extracting(it -> it.as(String.class)).containsExactly("hello");
 * }</pre>
 *
 * <p>Handlers are given the server's own object, which has the same {@link #id}. Any thread may call it, one at a time.
 */
public interface TestSocket extends Socket, PlayedClient {}
