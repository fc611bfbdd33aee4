package io.sockeye.testbed.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.Reconnection;
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.testbed.client.Certificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/** A proxy with the settings of the page, before two servers. */
final class Deployment implements AutoCloseable {
    private final Backend first;
    private final Backend second;
    private final Certificate certificate;
    private final Path certificateFile;
    private final ProxyProcess proxy;

    private Deployment(ReverseProxy proxy, String settings, Certificate certificate, Path directory) throws Exception {
        this.certificate = certificate;
        this.certificateFile =
                Files.writeString(directory.resolve("chat.pem"), certificate.pem() + certificate.keyPem());
        this.first = Backend.start("a");
        this.second = Backend.start("b");
        this.proxy = ProxyProcess.start(proxy, here(settings, directory), directory);
    }

    /** Before servers of its own. */
    static Deployment start(ReverseProxy proxy, String settings, Certificate certificate, Path parent)
            throws Exception {
        return new Deployment(proxy, settings, certificate, Files.createTempDirectory(parent, "proxy"));
    }

    /** The settings with the servers and files of this machine. */
    private String here(String settings, Path directory) throws Exception {
        assertThat(settings).contains("10.0.0.11:3000", "10.0.0.12:3000", "/etc/ssl/chat.pem");
        var key = Files.writeString(directory.resolve("chat.key"), certificate.keyPem());
        return settings.replace("10.0.0.11:3000", "127.0.0.1:" + first.port())
                .replace("10.0.0.12:3000", "127.0.0.1:" + second.port())
                .replace("/etc/ssl/chat.pem", certificateFile.toString())
                .replace("/etc/ssl/chat.key", key.toString());
    }

    String host() {
        return "127.0.0.1:" + proxy.port();
    }

    String url() {
        return "https://" + host();
    }

    int port() {
        return proxy.port();
    }

    /** A client that trusts the proxy's certificate and keeps its cookies. */
    SocketClientBuilder client() throws GeneralSecurityException {
        return SocketClient.builder(url())
                .sslContext(certificate.trusting())
                .cookies()
                .reconnection(Reconnection.DEFAULT.delay(Duration.ofMillis(20), Duration.ofMillis(200)));
    }

    SSLSocketFactory sockets() throws GeneralSecurityException {
        return certificate.trusting().getSocketFactory();
    }

    /** The certificate that the proxy shows, and its key. */
    Path certificateFile() {
        return certificateFile;
    }

    Backend server(String name) {
        return name.equals("a") ? first : second;
    }

    @Override
    public void close() {
        proxy.close();
        first.close();
        second.close();
    }
}
