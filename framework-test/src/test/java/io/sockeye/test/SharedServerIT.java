package io.sockeye.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.SocketServer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An extension in a static field. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.SAME_THREAD)
class SharedServerIT {
    @RegisterExtension
    static final SocketServerExtension server = SocketServerExtension.create();

    private static int port;
    private static final AtomicReference<@Nullable TestClient> CLIENT_OF_TEST = new AtomicReference<>();

    @BeforeAll
    static void note() {
        port = server.server().port();
    }

    @Test
    @Order(1)
    void testsHaveClients(TestClient client) {
        CLIENT_OF_TEST.set(client);
        assertThat(client.connected()).isTrue();
    }

    @Test
    @Order(2)
    void clientsEndWithTheirTestAndTheServerDoesNot(SocketServer given) {
        assertThat(CLIENT_OF_TEST.get())
                .isNotNull()
                .extracting(TestClient::connected)
                .isEqualTo(false);
        assertThat(given.port()).isEqualTo(port);
    }

    @Nested
    class Inner {
        @Test
        void innerClassesShareIt() {
            assertThat(server.server().port()).isEqualTo(port);
            assertThat(server.client().connected()).isTrue();
        }
    }
}
