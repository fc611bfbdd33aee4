package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class HandlerDeadlineIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final CountDownLatch release = new CountDownLatch(1);
    private final LinkedBlockingQueue<Report> reports = new LinkedBlockingQueue<>();

    private record Report(Throwable error, String where, String thread) {}

    private void report(Throwable error, String where) {
        reports.add(new Report(error, where, Thread.currentThread().getName()));
    }

    private void getStuck(Socket socket, Object args) throws InterruptedException {
        getStuck();
    }

    private void getStuck() throws InterruptedException {
        release.await(20, TimeUnit.SECONDS);
    }

    @Test
    void aStuckHandlerIsReportedOnceWithWhereItIs() throws Exception {
        var server = servers.start(
                builder -> builder.handlerDeadline(Duration.ofMillis(40)).onError(this::report));
        server.on("stuck", this::getStuck);
        server.on("quick", (socket, args) -> args.ack());
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"quick\"]");
            client.expect("431[]");
            client.send("42[\"stuck\"]");
            var report = reports.poll(10, TimeUnit.SECONDS);
            assertThat(report.error())
                    .isInstanceOf(StuckHandlerException.class)
                    .hasMessageContaining("longer than 40 ms")
                    .hasStackTraceContaining("HandlerDeadlineIT.getStuck");
            assertThat(report.where()).contains("handler of event 'stuck' of socket ");
            assertThat(report.thread()).doesNotMatch("sockeye-\\d+-\\d+");
            client.send("42[\"stuck\"]");
            release.countDown();
            client.send("421[\"quick\"]");
            client.expect("431[]");
            assertThat(reports).isEmpty();
        }
    }

    @Test
    void aRequestCheckAndARouteThatHangAreReportedToo() throws Exception {
        var server = servers.start(builder -> builder.handlerDeadline(Duration.ofMillis(40))
                .onError(this::report)
                .allowRequest(request -> getStuck())
                .http(request -> {
                    getStuck();
                    return HttpResponse.text(200, "late");
                }));
        try (var client = Wire.to(server);
                var other = Wire.to(server)) {
            client.request("GET", "/socket.io/?EIO=4&transport=polling", "");
            assertThat(reports.poll(10, TimeUnit.SECONDS).where()).startsWith("request check of ");
            other.request("GET", "/slow", "");
            assertThat(reports.poll(10, TimeUnit.SECONDS).where()).startsWith("HTTP handler of ");
            release.countDown();
            assertThat(client.reply().status()).isEqualTo(200);
            assertThat(other.reply().body()).isEqualTo("late");
        }
    }

    @Test
    void theWatchGoesOnAfterAnErrorOfTheErrorHandler() throws Exception {
        var server = servers.start(
                builder -> builder.handlerDeadline(Duration.ofMillis(40)).onError((error, where) -> {
                    report(error, where);
                    throw new AssertionError("of the error handler");
                }));
        server.on("stuck", this::getStuck);
        try (var client = WebSocketClient.join(server);
                var other = WebSocketClient.join(server)) {
            client.send("42[\"stuck\"]");
            assertThat(reports.poll(10, TimeUnit.SECONDS)).isNotNull();
            other.send("42[\"stuck\"]");
            assertThat(reports.poll(10, TimeUnit.SECONDS)).isNotNull();
            release.countDown();
        }
    }

    @Test
    void aHandlerThatHoldsUpTheEventLoopIsReportedToo() throws Exception {
        var server = servers.start(builder -> builder.loops(1)
                .handlersOnEventLoop()
                .handlerDeadline(Duration.ofMillis(40))
                .onError(this::report));
        server.on("stuck", this::getStuck);
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"stuck\"]");
            assertThat(reports.poll(10, TimeUnit.SECONDS).error())
                    .isInstanceOf(StuckHandlerException.class)
                    .hasStackTraceContaining("HandlerDeadlineIT.getStuck");
            release.countDown();
        }
    }
}
