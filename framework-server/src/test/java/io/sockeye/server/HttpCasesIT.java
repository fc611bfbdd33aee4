package io.sockeye.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What requests right and wrong are answered with, byte by byte: the cases of RFC 9112, and what Node says to them. */
@Timeout(120)
class HttpCasesIT {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(r|n|\\\\|x[0-9a-f]{2})");
    private static final Pattern SEPARATOR = Pattern.compile(" \\| ");
    private static final Pattern REPEATED = Pattern.compile("<(.)\\*([0-9]+)>");

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private record Case(String name, String request, String answers) {
        static Case of(String line) {
            var parts = SEPARATOR.split(line, -1);
            return new Case(parts[0], parts[1], parts[2]);
        }

        private byte[] bytes() {
            var whole =
                    REPEATED.matcher(request).replaceAll(part -> part.group(1).repeat(Integer.parseInt(part.group(2))));
            return ESCAPE.matcher(whole)
                    .replaceAll(part -> "\\" + character(part.group(1)))
                    .getBytes(ISO_8859_1);
        }

        private static char character(String code) {
            return switch (code.charAt(0)) {
                case 'r' -> '\r';
                case 'n' -> '\n';
                case 'x' -> (char) Integer.parseInt(code.substring(1), 16);
                default -> '\\';
            };
        }
    }

    private static List<Case> cases() throws IOException {
        try (var file = HttpCasesIT.class.getResourceAsStream("/http-cases.txt")) {
            var text = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Case::of)
                    .toList();
        }
    }

    @Test
    void everyRequestGetsItsAnswers() throws Exception {
        var server = servers.start(builder -> builder.cors(Cors.origins("https://app.example"))
                .http(request -> HttpResponse.text(200, request.body().utf8())));
        var all = cases();
        var failures = new SoftAssertions();
        for (var one : all) {
            failures.assertThat(answers(server, one)).as(one.name()).isEqualTo(one.answers());
        }
        failures.assertThat(all).hasSizeGreaterThan(350);
        failures.assertAll();
    }

    /** The status of each answer; after an error the connection must end. */
    private static String answers(SocketServer server, Case one) throws IOException {
        var got = new ArrayList<String>();
        try (var wire = Wire.to(server)) {
            wire.send(one.bytes());
            int expected = one.answers().split(" ", -1).length;
            while (got.size() < expected) {
                var reply = wire.reply();
                got.add(String.valueOf(reply.status()));
                boolean ends = "close".equals(reply.header("connection"));
                if (ends && !wire.ends()) {
                    got.add("open");
                }
            }
        } catch (EOFException e) {
            got.add("end");
        } catch (SocketTimeoutException e) {
            got.add("silence");
        }
        return String.join(" ", got);
    }
}
