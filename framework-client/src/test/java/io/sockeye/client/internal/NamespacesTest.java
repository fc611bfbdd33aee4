package io.sockeye.client.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.Socket;
import org.junit.jupiter.api.Test;

/** A namespace beside another one, on one connection. */
class NamespacesTest {
    private final ClientUnderTest test = new ClientUnderTest().connect();
    private final Socket admin = test.client.of("/admin");

    private void connectAdmin() {
        admin.connect();
        assertThat(test.sent()).containsExactly("40/admin,");
        test.receive("40/admin,{\"sid\":\"a\"}");
        assertThat(admin.connected()).isTrue();
    }

    /** Node's server ends the whole connection if it reads both at once. */
    @Test
    void comesBackAMomentAfterItHasLeft() {
        connectAdmin();
        admin.disconnect();
        admin.connect();
        assertThat(test.sent()).containsExactly("41/admin,");
        test.loop.pass(199);
        assertThat(test.sent()).isEmpty();
        test.loop.pass(1);
        assertThat(test.sent()).containsExactly("40/admin,");
        test.receive("40/admin,{\"sid\":\"b\"}");
        assertThat(admin.id()).contains("b");
    }

    @Test
    void comesBackAtOnceIfItHasLeftLongAgoOrOnAnotherConnection() {
        connectAdmin();
        admin.disconnect();
        test.loop.pass(200);
        test.sent();
        connectAdmin();
        admin.disconnect();
        test.wire().breakDown();
        test.loop.pass(1_000);
        admin.connect();
        test.loop.run();
        test.receive(ClientUnderTest.OPEN);
        assertThat(test.sent()).containsExactly("40", "40/admin,");
    }

    @Test
    void asksOnceWhateverHappensMeanwhile() {
        admin.connect();
        assertThat(test.sent()).containsExactly("40/admin,");
        admin.disconnect();
        test.receive("40/admin,{\"sid\":\"nobody's\"}");
        assertThat(test.sent()).containsExactly("41/admin,");
        test.loop.pass(50);
        admin.connect();
        test.loop.pass(50);
        admin.disconnect();
        admin.connect();
        assertThat(test.sent()).isEmpty();
        test.loop.pass(100);
        assertThat(test.sent()).containsExactly("40/admin,");
        test.loop.pass(1_000);
        assertThat(test.sent()).isEmpty();
        test.receive("40/admin,{\"sid\":\"mine\"}");
        assertThat(admin.id()).contains("mine");
    }

    @Test
    void isStillLetInWhenTheServerTakesItsTime() {
        var connecting = admin.connect();
        for (int i = 0; i < 2; i++) {
            test.loop.pass(15_000);
            test.receive("2");
        }
        assertThatThrownBy(() -> connecting.get(5, SECONDS))
                .hasCauseInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("no answer from namespace /admin within 20000 ms");
        assertThat(admin.active()).isTrue();
        assertThat(admin.connected()).isFalse();
        test.receive("40/admin,{\"sid\":\"at last\"}");
        assertThat(admin.connected()).isTrue();
        assertThat(test.client.connected()).isTrue();
    }

    @Test
    void hasANameThatServersTake() {
        assertThat(test.client.of("x".repeat(511)).namespace()).hasSize(512);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> test.client.of("x".repeat(512)))
                .withMessageContaining("more than 512 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> test.client.of("a,b"));
    }
}
