package io.sockeye.test;

import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.server.SocketServer;
import io.sockeye.server.SocketServerBuilder;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests of JUnit a server on a free port of the loopback interface, and clients that are connected to it. In an instance field
 * it starts a server for each test, in a static one a server for all tests of the class. The clients of a test are closed after it;
 * the test fails if one of them, or the server, does not end within 10 seconds.
 *
 * <pre>{@code
 * class ChatIT {
 *     @RegisterExtension
 *     final SocketServerExtension server = SocketServerExtension.of(settings -> settings.maxPayload(10_000))
 *             .handlers(it -> new Chat(it).open());
 *
 *     @Test
 *     void greets() {
 *         TestClient ann = server.client();
 *         assertThat(ann.awaitEvent("welcome", Welcome.class).people()).hasSize(1);
 *     }
 * }
 * }</pre>
 *
 * <p>Parameters of type {@link SocketServer} are the server, those of type {@link TestClient} or {@link SocketClient} a new client
 * in the namespace {@code /}. Any thread may call it while the server is there.
 */
public final class SocketServerExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration STOP_TIME = Duration.ofSeconds(10);

    private final Consumer<? super SocketServerBuilder> settings;
    private final Consumer<? super SocketServer> handlers;
    private final Duration patience;

    /** Null while there is none. Changes are guarded by this. */
    private volatile @Nullable RunningServer running;
    /** How many classes, one within another, share the server; 0 if each test has its own. Guarded by this. */
    private int classes;
    /** How many tests run. Guarded by this. */
    private int tests;

    private SocketServerExtension(
            Consumer<? super SocketServerBuilder> settings,
            Consumer<? super SocketServer> handlers,
            Duration patience) {
        this.settings = settings;
        this.handlers = handlers;
        this.patience = patience;
    }

    /** Servers with the settings of {@link SocketServer#builder}. */
    public static SocketServerExtension create() {
        return of(settings -> {});
    }

    /** Servers with these settings; what they say of host and port does not count. */
    public static SocketServerExtension of(Consumer<? super SocketServerBuilder> settings) {
        return new SocketServerExtension(settings, server -> {}, PATIENCE);
    }

    /** The same with handlers, which are added before the server starts. */
    public SocketServerExtension handlers(Consumer<? super SocketServer> chosen) {
        return new SocketServerExtension(settings, chosen, patience);
    }

    /** The same with another time for which clients wait at most, to be connected and for events; 30 seconds unless told. */
    public SocketServerExtension patience(Duration limit) {
        return new SocketServerExtension(settings, handlers, limit);
    }

    /**
     * The server.
     *
     * @throws IllegalStateException if there is none, since no test runs, or the field has no {@code @RegisterExtension}
     */
    public SocketServer server() {
        return running().server();
    }

    /** The URL of the server, such as {@code http://127.0.0.1:40123}. */
    public String url() {
        return running().url();
    }

    /** A new client, connected to the namespace {@code /}; see {@link #client(String, Consumer)}. */
    public TestClient client() {
        return client("/");
    }

    /** A new client, connected to a namespace; see {@link #client(String, Consumer)}. */
    public TestClient client(String namespace) {
        return client(namespace, builder -> {});
    }

    /**
     * A new client, connected to a namespace. Events count from the very first.
     *
     * @param namespace with its leading slash
     * @param settings such as {@code it -> it.auth(credentials)}
     * @throws io.sockeye.client.ConnectFailedException if the client cannot connect
     * @throws AssertionError if that is not decided in time
     */
    public TestClient client(String namespace, Consumer<? super SocketClientBuilder> settings) {
        return running().connect(newClient(namespace, settings));
    }

    /** A new client that is not connected, for handlers that must be there before; otherwise as {@link #client(String, Consumer)}. */
    public TestClient newClient(String namespace, Consumer<? super SocketClientBuilder> settings) {
        return running().client(namespace, settings);
    }

    /** Keeps the events of a client that the test has built itself, such as for the address of a proxy, and closes it as the others. */
    public TestClient observe(SocketClient client) {
        return running().observe(client);
    }

    private RunningServer running() {
        var present = running;
        if (present == null) {
            throw new IllegalStateException("no test runs, or the extension is not in a field with @RegisterExtension");
        }
        return present;
    }

    /** Starts the server of a class. */
    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        if (classes++ == 0) {
            running = new RunningServer(settings, handlers, patience, STOP_TIME);
        }
    }

    /** Starts the server of a test, unless its class has one. */
    @Override
    public synchronized void beforeEach(ExtensionContext context) {
        if (classes == 0) {
            if (running != null) {
                throw new IllegalStateException("several tests share the field at the same time: make it static");
            }
            running = new RunningServer(settings, handlers, patience, STOP_TIME);
        }
        tests++;
    }

    /** Closes the clients, once no other test runs that may have them, and stops the server of a test. */
    @Override
    public synchronized void afterEach(ExtensionContext context) {
        if (--tests > 0) {
            return;
        }
        if (classes == 0) {
            end();
        } else {
            running().closeClients();
        }
    }

    /** Stops the server of a class. */
    @Override
    public synchronized void afterAll(ExtensionContext context) {
        if (--classes == 0) {
            end();
        }
    }

    private void end() {
        var ending = running();
        running = null;
        try {
            ending.closeClients();
        } finally {
            ending.stop();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return running != null
                && (type == SocketServer.class || type == TestClient.class || type == SocketClient.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SocketServer.class ? server() : client();
    }
}
