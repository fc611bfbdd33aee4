package io.sockeye.client.internal.socket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.Reconnection;
import io.sockeye.client.internal.ClientUnderTest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

class CredentialsTest {
    private static Supplier<Object> failingAtFirst(Object... outcomes) {
        var left = new ArrayDeque<Object>(List.of(outcomes));
        return () -> {
            if (left.remove() instanceof RuntimeException failure) {
                throw failure;
            }
            return Map.of("token", "fresh");
        };
    }

    private static ClientUnderTest opened(ClientUnderTest test) {
        test.client.connect();
        test.loop.run();
        return test.receive(ClientUnderTest.OPEN);
    }

    @Test
    void asksASupplierThatFailedAgainAfterTheDelays() {
        var failure = new IllegalStateException("no token today");
        var test = opened(new ClientUnderTest(builder -> builder.auth(failingAtFirst(failure, failure, "ok"))));
        test.loop.awaitTask();
        assertThat(test.heard())
                .containsExactly("connect_error AUTH auth: java.lang.IllegalStateException: no token today");
        assertThat(test.client.active()).isTrue();
        test.loop.pass(1_000);
        test.loop.awaitTask();
        assertThat(test.heard()).hasSize(1);
        test.loop.pass(1_999);
        assertThat(test.sent()).isEmpty();
        test.loop.pass(1);
        test.loop.awaitTask();
        assertThat(test.sent()).containsExactly("40{\"token\":\"fresh\"}");
        test.receive("40{\"sid\":\"me\"}");
        assertThat(test.heard()).containsExactly("connect");
        assertThat(test.transports.opened).hasSize(1);
    }

    @Test
    void asksAgainAlsoWhereSomethingElseThanAnObjectWasSupplied() throws Exception {
        var asked = new AtomicInteger();
        var test = opened(new ClientUnderTest(builder -> builder.auth(
                () -> CompletableFuture.completedFuture(asked.incrementAndGet() == 1 ? "token" : Map.of("a", 1)))));
        test.loop.awaitTask();
        assertThat(test.heard()).singleElement().asString().contains("java.lang.String is STRING in JSON");
        test.loop.pass(1_000);
        test.loop.awaitTask();
        assertThat(test.sent()).containsExactly("40{\"a\":1}");
    }

    @Test
    void givesUpWhereNothingIsTriedAgain() throws Exception {
        var test = new ClientUnderTest(builder -> builder.reconnection(Reconnection.NONE)
                .auth(failingAtFirst(new IllegalStateException("no token today"))));
        var connected = test.client.connect();
        test.loop.run();
        test.receive(ClientUnderTest.OPEN);
        test.loop.awaitTask();
        test.loop.run();
        assertThatThrownBy(() -> connected.get(5, SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.AUTH));
        assertThat(test.client.active()).isFalse();
        assertThat(test.wire().closed).isTrue();
    }

    @Test
    void leavesOtherNamespacesAloneWhileItWaits() {
        var test = new ClientUnderTest().connect();
        var admin = test.client.of("/admin").auth(failingAtFirst(new IllegalStateException("no token today"), "ok"));
        admin.connect();
        test.loop.run();
        test.loop.awaitTask();
        test.loop.run();
        assertThat(test.client.connected()).isTrue();
        admin.disconnect();
        test.loop.pass(60_000 / 2);
        assertThat(test.sent()).isEmpty();
    }

    @Test
    void refusesAFutureThatNoSupplierGives() {
        var future = CompletableFuture.completedFuture(Map.of("a", 1));
        assertThatThrownBy(() -> new ClientUnderTest(builder -> builder.auth(future)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("auth: a future says the same for ever; give a supplier of it");
    }

    @Test
    void refusesConstantsThatAreNoObject() {
        for (Object constant : new Object[] {"token", 5, List.of(1), new Object[] {1}, true}) {
            assertThatThrownBy(() -> new ClientUnderTest(builder -> builder.auth(constant)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("auth: a ")
                    .hasMessageNotContaining("token");
            var test = new ClientUnderTest();
            assertThatThrownBy(() -> test.client.of("/admin").auth(constant))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    record Pass(String code) {}

    @Test
    void aMapIsAnObjectWhateverTheUsersMapperAddsToMaps() {
        var anything = BasicPolymorphicTypeValidator.builder()
                .allowIfBaseType(Object.class)
                .build();
        var mapper = JsonMapper.builder()
                .activateDefaultTyping(anything, DefaultTyping.NON_FINAL)
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .build();
        var test = new ClientUnderTest(
                builder -> builder.json(mapper).auth(new TreeMap<>(Map.of("pass", new Pass("s3cret")))));
        opened(test);
        assertThat(test.sent()).containsExactly("40{\"pass\":{\"Code\":\"s3cret\"}}");
    }

    @Test
    void interruptsASupplierThatHasNotReturnedWhenItIsAskedAgain() throws Exception {
        var asked = new AtomicInteger();
        var interrupted = new CountDownLatch(1);
        var test = opened(new ClientUnderTest(builder -> builder.auth(() -> {
            if (asked.incrementAndGet() > 1) {
                return Map.of("token", "second");
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Map.of("token", "first");
        })));
        awaitAtLeast(asked, 1);
        test.wire().breakDown();
        test.loop.pass(1_000);
        test.receive(ClientUnderTest.OPEN);
        assertThat(interrupted.await(5, SECONDS)).isTrue();
        for (int i = 0; i < 2 && test.wire().written.isEmpty(); i++) { // The first answer comes too late.
            test.loop.awaitTask();
            test.loop.run();
        }
        assertThat(test.sent()).containsExactly("40{\"token\":\"second\"}");
    }

    @Test
    void interruptsASupplierThatHasNotReturnedWhenTheClientIsClosed() throws Exception {
        var asked = new AtomicInteger();
        var interrupted = new CountDownLatch(1);
        var test = opened(new ClientUnderTest(builder -> builder.auth(() -> {
            asked.incrementAndGet();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Map.of();
        })));
        awaitAtLeast(asked, 1);
        test.client.closeAsync();
        test.loop.run();
        assertThat(interrupted.await(5, SECONDS)).isTrue();
    }

    private static void awaitAtLeast(AtomicInteger count, int least) {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (count.get() < least && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
