package io.sockeye.testbed.docs;

import io.netty.handler.ssl.SslContext;
import io.sockeye.client.SocketClient;
import io.sockeye.event.Event;
import io.sockeye.json.Json;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketServer;
import java.net.http.HttpClient;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;

/** The names that the documentation uses without introducing them each time. Only compiled, never run. */
@SuppressWarnings("NullAway")
public abstract class Surroundings {
    protected static final Logger log = LoggerFactory.getLogger("docs");
    protected static final Event<List<Line>> HISTORY = Event.of("history", new TypeReference<>() {});

    protected SocketServer server;
    protected Socket socket;
    protected SocketClient client;

    protected String url;
    protected String text;
    protected String token;
    protected char[] password;
    protected String socketId;
    protected String id;
    protected int x;
    protected int y;
    protected byte[] bytes;
    protected List<Line> lines;
    protected Duration duration;
    protected Executor executor;
    protected LongAdder counter;
    protected KeyStore keyStore;
    protected SSLContext sslContext;
    protected SslContext nettySslContext;
    protected HttpClient sharedClient;
    protected Set<String> banned;
    protected Set<String> tenants;
    protected Users users;
    protected Tokens tokens;
    protected Limiter limiter;
    protected Reports reports;
    protected Board board;
    protected Gauge gauge;
    protected Numbers numbers;

    protected abstract String room(Socket member);

    protected abstract void show(Object value);

    protected abstract boolean ready(String game);

    public record Line(String text) {}

    public record Numbers(int a, int b) {}

    public record Token(String value) {}

    public record Receipt(int lines) {}

    /** The program of the reader. */
    public static final class Main {}

    /** The parser that the Javadoc of {@link Parser} shows. */
    public static final class EventsOnly implements Parser {
        @Override
        public List<EnginePacket> encode(SocketPacket packet) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Decoder decoder(Json json, SocketLimits limits) {
            throw new UnsupportedOperationException();
        }
    }

    public interface Users {
        CompletableFuture<Object> find(String name);

        CompletableFuture<Void> check(String name);
    }

    public interface Tokens {
        CompletableFuture<Object> refresh();

        String fresh();
    }

    public interface Limiter {
        void check(String name);
    }

    public interface Reports {
        String write(String name);
    }

    public interface Board {
        void move(int x, int y);
    }

    public interface Gauge {
        void set(double value);
    }
}
