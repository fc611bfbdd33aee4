package io.sockeye.client.internal.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.internal.transport.TransportFailure.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FreshHeadersTest {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private FreshHeaders headers(Supplier<? extends @Nullable Map<String, String>> fresh) {
        var settings = new HttpSettings(
                URI.create("http://localhost"),
                "/socket.io/",
                Map.of(),
                Map.of("X-Tenant", "acme"),
                fresh,
                List.of(),
                Duration.ofSeconds(20),
                1_000);
        return new FreshHeaders(settings, task -> {
            var thread = new Thread(task);
            threads.add(thread);
            thread.start();
        });
    }

    @Test
    void addsWhatIsSupplied() throws Exception {
        assertThat(headers(() -> Map.of("X-Token", "t")).request().get(5, SECONDS))
                .containsOnly(Map.entry("X-Tenant", "acme"), Map.entry("X-Token", "t"));
    }

    @Test
    void saysThatItWasTheHeadersWhateverIsWrong() {
        var withNull = new HashMap<String, String>();
        withNull.put("X-Token", null);
        List<Supplier<Map<String, String>>> wrong = List.of(
                () -> {
                    throw new IllegalStateException("no token");
                },
                () -> {
                    throw new AssertionError("no token");
                },
                () -> null,
                () -> withNull,
                () -> Map.of("X Token", "t"),
                () -> Map.of("X-Token", "a\nb"),
                () -> Map.of("Host", "elsewhere"),
                () -> Map.of("Sec-WebSocket-Key", "k"));
        for (var supplier : wrong) {
            var failure =
                    assertThatThrownBy(() -> headers(supplier).request().join()).actual();
            assertThat(HttpFailures.of(failure).kind()).isEqualTo(Kind.HEADERS);
            assertThat(HttpFailures.of(failure).message()).startsWith("headers: ");
        }
    }

    @Test
    void keepsOneThreadHoweverOftenASupplierBlocks() throws Exception {
        var begun = new AtomicInteger();
        var headers = headers(() -> {
            begun.incrementAndGet();
            waitForEver();
            return Map.of("X-Token", "t");
        });
        CompletableFuture<?> last = new CompletableFuture<>();
        for (int i = 0; i < 50; i++) {
            last = headers.request();
        }
        long end = System.nanoTime() + SECONDS.toNanos(5);
        while (threads.stream().filter(Thread::isAlive).count() > 1 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(threads.stream().filter(Thread::isAlive).count()).isLessThanOrEqualTo(1);
        assertThat(last).isNotDone();
        assertThat(begun.get()).isLessThanOrEqualTo(50);
    }

    @Test
    void asksAgainWhoWasInterrupted() throws Exception {
        var asked = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var headers = headers(() -> {
            if (asked.incrementAndGet() == 1) {
                begun.countDown();
                waitForEver();
            }
            return Map.of("X-Token", "t" + asked + Thread.currentThread().isInterrupted());
        });
        headers.request();
        assertThat(begun.await(5, SECONDS)).isTrue();
        assertThat(headers.request().get(5, SECONDS)).containsEntry("X-Token", "t2false");
    }

    @Test
    void waitsForNobodyOnceItIsStopped() throws Exception {
        var begun = new CountDownLatch(1);
        var headers = headers(() -> {
            begun.countDown();
            waitForEver();
            return Map.of("X-Token", "t");
        });
        var blocked = headers.request();
        assertThat(begun.await(5, SECONDS)).isTrue();
        var next = headers.request();
        headers.stop();
        assertThatThrownBy(() -> blocked.get(5, SECONDS)).rootCause().isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> next.get(5, SECONDS)).isInstanceOf(Exception.class);
        assertThatThrownBy(() -> headers.request().get(5, SECONDS))
                .rootCause()
                .isInstanceOf(CancellationException.class);
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
