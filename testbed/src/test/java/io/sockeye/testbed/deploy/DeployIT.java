package io.sockeye.testbed.deploy;

import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.until;
import static io.sockeye.testbed.deploy.Clients.who;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import io.sockeye.testbed.client.Certificate;
import io.sockeye.testbed.client.Way;
import io.sockeye.testbed.docs.DeployPage;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients reach two servers through each proxy of {@code docs/deploy.md}, which has the settings of that page. */
@ParameterizedClass
@EnumSource
@Timeout(180)
class DeployIT {
    /** Together with what is around it, little less than the server's {@code maxPayload}. */
    private static final int LARGE = 990_000;

    private static final int REQUESTS = 20;

    @TempDir
    private static Path directory;

    /** The same for all proxies. */
    private static Certificate certificate;

    private static Deployment deployment;

    @Parameter
    private ReverseProxy proxy;

    @BeforeParameterizedClassInvocation
    static void start(ReverseProxy proxy) throws Exception {
        ProxyProcess.require(proxy);
        if (certificate == null) {
            certificate = Certificate.create(directory, "ip:127.0.0.1");
        }
        deployment = start(proxy, proxy.settings());
    }

    private static Deployment start(ReverseProxy proxy, String settings) throws Exception {
        return Deployment.start(proxy, settings, certificate, directory);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (deployment != null) {
            deployment.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void carriesAllThatTheServerTakes(Way way) throws Exception {
        try (var clients = new Clients(deployment)) {
            var client = clients.connected(way);
            var text = "x".repeat(LARGE);
            assertThat(get(client.request("echo", String.class, text))).isEqualTo(text);
            var bytes = new byte[way == Way.POLLING ? LARGE / 4 * 3 : LARGE];
            assertThat(get(client.request("echo", byte[].class, bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void tellsTheServerWhoTheClientIs() throws Exception {
        var request = """
                GET / HTTP/1.1\r
                Host: %s\r
                X-Forwarded-For: 192.0.2.1\r
                X-Forwarded-Proto: http\r
                Connection: close\r
                \r
                """.formatted(deployment.host());
        var other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        assertThat(new RawRequest(deployment).from(other).send(request))
                .endsWith("127.0.0.2 true " + deployment.host());
    }

    @Test
    void opensWebSocketsForPagesOfItsOwnHost() throws Exception {
        assertThat(new RawRequest(deployment).openWebSocket(deployment.url())).isEqualTo(101);
        assertThat(new RawRequest(deployment).openWebSocket("https://elsewhere.example"))
                .isEqualTo(400);
    }

    @Test
    void keepsEachClientThatPollsOnItsServer() throws Exception {
        try (var clients = new Clients(deployment)) {
            for (int i = 0; i < 3; i++) {
                clients.ofServer("a", Way.POLLING);
                clients.ofServer("b", Way.POLLING);
            }
            for (var client : clients.all()) {
                staysWhereItIs(client);
            }
        }
    }

    private static void staysWhereItIs(SocketClient client) throws Exception {
        var id = client.id();
        var answer = who(client);
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(who(client)).isEqualTo(answer);
        }
        assertThat(client.id()).isEqualTo(id);
    }

    @Test
    void bringsClientsToTheOtherServerWhenTheirsIsAway() throws Exception {
        try (var own = start(proxy, proxy.settings());
                var clients = new Clients(own)) {
            var polling = clients.ofServer("a", Way.POLLING);
            var upgraded = clients.ofServer("a", Way.UPGRADE);
            var ids = Map.of(polling, polling.id(), upgraded, upgraded.id());

            own.server("a").stop();

            awaitOthers(ids);
            assertThat(who(polling).server()).isEqualTo("b");
            assertThat(who(upgraded).server()).isEqualTo("b");
        }
    }

    /** So it is these that must be longer than the server's pings take; {@code DeployPageTest} compares them. */
    @Test
    void hasTimeoutsThatEndWhatIsIdle() throws Exception {
        var settings = DeployPage.withTimeouts(proxy.settings(), 1);
        assertThat(settings.equals(proxy.settings()))
                .as("has no timeouts")
                .isEqualTo(proxy.timesOut().isEmpty());
        try (var own = start(proxy, settings);
                var clients = new Clients(own)) {
            var ids = new HashMap<SocketClient, Optional<String>>();
            for (var way : proxy.timesOut()) {
                var client = clients.connected(way);
                ids.put(client, client.id());
            }
            awaitOthers(ids);
        }
    }

    /** Until all are connected again, as another socket than before. */
    private static void awaitOthers(Map<SocketClient, Optional<String>> ids) {
        ids.forEach(
                (client, id) -> until(() -> client.connected() && !client.id().equals(id)));
    }

    @Test
    void carriesOfficialClients() throws Exception {
        var report = directory.resolve(proxy + ".txt");
        var node = new ProcessBuilder("node", "run.mjs", "proxied")
                .directory(Path.of("src", "test", "npm").toFile())
                .redirectErrorStream(true)
                .redirectOutput(report.toFile());
        node.environment().put("PROXIED_URL", deployment.url());
        node.environment()
                .put("NODE_EXTRA_CA_CERTS", deployment.certificateFile().toString());
        var process = node.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends in time").isTrue();
            assertThat(process.exitValue()).as(Files.readString(report)).isZero();
        } finally {
            process.destroy();
        }
    }
}
