package io.sockeye.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads of requests that are long or unusual. */
@Timeout(60)
class HttpHeadsIT {
    private static final String OPEN = "/socket.io/?EIO=4&transport=polling";
    private static final String ORIGIN = "Origin: https://app.example";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    private SocketServer start(int maxHeaderSize) {
        return servers.start(builder -> builder.cors(Cors.origins("https://app.example"))
                .maxHeaderSize(maxHeaderSize)
                .onConnectionError(error -> notes.add(error.code() + " " + error.message()))
                .http(request -> HttpResponse.text(
                        200, request.uri() + " of " + request.header("host").orElse(""))));
    }

    @Test
    void aTokenInTheQueryMayBeLong() throws Exception {
        try (var wire = Wire.to(start(16 << 10))) {
            assertThat(wire.get(OPEN + "&token=" + "t".repeat(12_000)).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"17000, 0, 414, URI Too Long", "300000, 0, 414, URI Too Long"})
    void aPageReadsThatItsAddressIsTooLong(int target, int header, int status, String text) throws Exception {
        assertRefused(target, header, status, text);
    }

    @ParameterizedTest
    @CsvSource({"0, 17000, 431, Request Header Fields Too Large", "9000, 9000, 431, Request Header Fields Too Large"})
    void aPageReadsThatItsHeadersAreTooLong(int target, int header, int status, String text) throws Exception {
        assertRefused(target, header, status, text);
    }

    private void assertRefused(int target, int header, int status, String text) throws Exception {
        try (var wire = Wire.to(start(16 << 10))) {
            var reply = wire.get(OPEN + "&t=" + "t".repeat(target), "X-Long: " + "x".repeat(header), ORIGIN);
            var message = text + ": the head of the request has more than 16384 bytes, see maxHeaderSize";
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.body()).isEqualTo(message);
            assertThat(reply.header("access-control-allow-origin")).isEqualTo("https://app.example");
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(notes.next()).isEqualTo("3 " + message);
            assertThat(wire.ends()).isTrue();
        }
    }

    /** Netty keeps a header until it has seen the next line. */
    @Test
    void theHeaderRightBeforeTheLongOneCounts() throws Exception {
        try (var wire = Wire.to(start(16 << 10))) {
            var reply = wire.get(OPEN, ORIGIN, "Cookie: " + "x".repeat(20_000));
            assertThat(reply.status()).isEqualTo(431);
            assertThat(reply.header("access-control-allow-origin")).isEqualTo("https://app.example");
        }
    }

    @Test
    void aLongHeadThatDoesNotEndIsAnsweredNevertheless() throws Exception {
        try (var wire = Wire.to(start(16 << 10))) {
            assertThat(wire.send("GET /" + "a".repeat(20_000)).reply().status()).isEqualTo(414);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"G(T /", "BREW /", "GET /\u00e4\0", "GET  "})
    void aLongFirstLineMayBeNonsense(String beginning) throws Exception {
        assertAnswered(beginning, 414);
    }

    @ParameterizedTest
    @ValueSource(strings = {" GET /", "/ GET /", "\u0016\u0003"})
    void whatIsNoRequestFromItsFirstCharacterOnIsRefusedAtOnce(String beginning) throws Exception {
        assertAnswered(beginning, 400);
    }

    private void assertAnswered(String beginning, int status) throws Exception {
        try (var wire = Wire.to(start(16 << 10))) {
            wire.send((beginning + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n").getBytes(ISO_8859_1));
            assertThat(wire.reply().status()).isEqualTo(status);
        }
    }

    @Test
    void aLongHeadMayComeInPieces() throws Exception {
        try (var wire = Wire.to(start(1024))) {
            for (var piece : ("GET " + OPEN + " HTTP/1.1\r\nHost: a\r\n" + "X: 12345678901234567890\r\n".repeat(60)
                            + ORIGIN + "\r\n\r\n")
                    .split("(?<=\\G.{7})", -1)) {
                wire.send(piece);
            }
            var reply = wire.reply();
            assertThat(reply.status()).isEqualTo(431);
            assertThat(reply.header("access-control-allow-origin")).isEqualTo("https://app.example");
        }
    }

    @ParameterizedTest
    @CsvSource({"2048, 414", "4096, 200"})
    void theLimitIsASetting(int maxHeaderSize, int status) throws Exception {
        try (var wire = Wire.to(start(maxHeaderSize))) {
            assertThat(wire.get("/" + "a".repeat(3_000)).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1023, (1 << 20) + 1})
    void aLimitMustMakeSense(int bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketServer.builder().maxHeaderSize(bytes))
                .withMessage("maxHeaderSize: " + bytes + ", allowed 1024 to 1048576");
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/x?y=1, /x?y=1 of a.example",
        "http://a.example:80, / of a.example:80",
        "https://a.example?x=1, /?x=1 of a.example",
        "HTTP://A/b, /b of A"
    })
    void aTargetMayBeAWholeAddress(String target, String seen) throws Exception {
        try (var wire = Wire.to(start(16 << 10))) {
            assertThat(wire.get(target).body()).isEqualTo(seen);
        }
    }

    @Test
    void aSessionMayBeOpenedByAWholeAddress() throws Exception {
        try (var wire = Wire.to(start(16 << 10))) {
            assertThat(wire.get("http://localhost" + OPEN).body()).startsWith("0{\"sid\":");
        }
    }

    @Test
    void whatIsExpectedAndUnknownIsToldToPagesAndToTheApplication() throws Exception {
        try (var wire = Wire.to(start(16 << 10))) {
            var reply = wire.get(OPEN, "Expect: tea", ORIGIN);
            assertThat(reply.status()).isEqualTo(417);
            assertThat(reply.header("access-control-allow-origin")).isEqualTo("https://app.example");
            assertThat(notes.next()).isEqualTo("3 Expectation Failed");
        }
    }
}
