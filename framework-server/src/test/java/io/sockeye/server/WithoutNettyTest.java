package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.server.internal.engine.MemoryHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A server on another host needs no Netty. */
class WithoutNettyTest {
    private static String call(Class<? extends Callable<String>> action) throws Exception {
        var loader = new WithoutNetty(WithoutNettyTest.class.getClassLoader());
        assertThatThrownBy(() -> loader.loadClass("io.netty.channel.Channel"))
                .isInstanceOf(ClassNotFoundException.class);
        var same = loader.loadClass(action.getName());
        var constructor = same.getDeclaredConstructor();
        constructor.setAccessible(true);
        return (String) ((Callable<?>) constructor.newInstance()).call();
    }

    @Test
    void anAttachedServerNeedsNone() throws Exception {
        assertThat(call(Attached.class)).isEqualTo("42[\"said\",\"hi\"]");
    }

    @Test
    void aServerOfItsOwnSaysThatItIsMissing() throws Exception {
        assertThat(call(Started.class)).startsWith("sockeye-server needs Netty 4.2.x, but there is no class ");
    }

    /** Lets a client send an event over polling and one over a WebSocket. */
    static final class Attached implements Callable<String> {
        @Override
        public String call() throws Exception {
            var host = new MemoryHost(1);
            var server = SocketServer.builder().build();
            server.on("say", String.class, (socket, text) -> socket.emit("said", text));
            server.attach(host);
            try {
                var path = "/socket.io/?EIO=4&transport=";
                assertThat(host.get(0, path + "polling").answer().status()).isEqualTo(200);
                assertThat(host.get(0, "/elsewhere").answer().status()).isEqualTo(404);
                assertThat(host.get(0, "/socket.io/socket.io.js").answer().status())
                        .isEqualTo(200);
                var channel = host.webSocket(0, path + "websocket");
                channel.take();
                channel.send("40");
                channel.take();
                channel.send("42[\"say\",\"hi\"]");
                return channel.take();
            } finally {
                server.stop(Duration.ofSeconds(10));
            }
        }
    }

    static final class Started implements Callable<String> {
        @Override
        public String call() {
            var server = SocketServer.builder().port(0).build();
            try {
                server.start();
                return "started";
            } catch (IllegalStateException e) {
                return String.valueOf(e.getMessage());
            } finally {
                server.close();
            }
        }
    }

    /** Finds what another one finds, but for Netty; has classes of its own of what may use that. */
    private static final class WithoutNetty extends ClassLoader {
        private WithoutNetty(ClassLoader all) {
            super(all);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.netty.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.sockeye.server.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                var known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                var bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
