package io.sockeye.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server on a Unix domain socket, as behind a proxy of the same machine. */
@Timeout(30)
class UnixSocketIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @TempDir
    private Path folder = Path.of("");

    private final Notes notes = new Notes();

    static Set<IoTransport> available() {
        return IoTransportIT.available();
    }

    @ParameterizedTest
    @MethodSource("available")
    void carriesSessionsOverAllLoops(IoTransport transport) throws Exception {
        var file = folder.resolve("io.sock");
        var server = servers.start(
                builder -> builder.unixSocket(file).ioTransport(transport).loops(3));
        server.onConnection(socket -> notes.add("from '" + socket.handshake().address() + "'"));
        for (int i = 0; i < 4; i++) {
            var sid = PollingClient.sidIn(exchange(file, "GET", "", ""));
            assertThat(exchange(file, "POST", "&sid=" + sid, "40")).endsWith("ok");
            assertThat(exchange(file, "GET", "&sid=" + sid, "")).contains("40{\"sid\":");
            assertThat(notes.next()).isEqualTo("from ''");
        }
        assertThatThrownBy(server::port)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server listens on " + file + ", which has no port");
        server.close();
        assertThat(file).doesNotExist();
    }

    /** The whole answer to one request, on a connection of its own. */
    private static String exchange(Path file, String method, String query, String body) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            var request = method + " /socket.io/?EIO=4&transport=polling" + query
                    + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + body;
            channel.write(ByteBuffer.wrap(request.getBytes(UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
        }
    }

    @Test
    void aSocketInUseIsNamed() {
        var file = folder.resolve("io.sock");
        servers.start(builder -> builder.unixSocket(file));
        var second = servers.build(builder -> builder.unixSocket(file));
        assertThatThrownBy(second::start)
                .isInstanceOf(CannotListenException.class)
                .hasMessage("cannot listen on " + file + ": the socket is in use");
        assertThat(file).exists();
    }

    @Test
    void aSocketThatNobodyServesIsReplaced() throws Exception {
        var file = folder.resolve("io.sock");
        try (var crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(file));
        }
        assertThat(file).exists();
        servers.start(builder -> builder.unixSocket(file));
        assertThat(exchange(file, "GET", "", "")).contains("0{\"sid\":");
    }

    @Test
    void anotherFileIsNotTouched() throws Exception {
        var file = Files.writeString(folder.resolve("precious"), "data");
        var server = servers.build(builder -> builder.unixSocket(file));
        assertThatThrownBy(server::start)
                .isInstanceOf(CannotListenException.class)
                .hasMessage("cannot listen on " + file + ": the file exists and is no socket");
        assertThat(file).hasContent("data");
    }

    @Test
    void neitherIsAPipe() throws Exception {
        var file = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        var server = servers.build(builder -> builder.unixSocket(file));
        assertThatThrownBy(server::start)
                .isInstanceOf(CannotListenException.class)
                .hasMessage("cannot listen on " + file + ": the file exists and is no socket");
        assertThat(file).exists();
    }

    @Test
    void aFolderThatDoesNotExistIsNamed() {
        var file = folder.resolve("missing").resolve("io.sock");
        var server = servers.build(builder -> builder.unixSocket(file));
        assertThatThrownBy(server::start)
                .isInstanceOf(CannotListenException.class)
                .hasMessageStartingWith("cannot listen on " + file + ": ");
    }
}
