package io.sockeye.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {
    /** Each line is what engine.io 6.6.12 chooses. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gzip                    | GZIP
            GZIP                    | GZIP
            deflate                 | DEFLATE
            gzip, deflate, br       | GZIP
            deflate, gzip           | DEFLATE
            x, deflate, gzip        | DEFLATE
            gzip;q=0, deflate       | DEFLATE
            gzip;q=0.5, deflate;q=1 | DEFLATE
            gzip;q=0.5, *           | DEFLATE
            *;q=0.9, deflate;q=0.9  | DEFLATE
            *                       | GZIP
            """)
    void isTheOneThatTheClientPrefers(String accepted, ContentCoding coding) {
        assertThat(ContentCoding.preferred(accepted)).isEqualTo(coding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "br", "identity", "gzip;q=0", "*;q=0", "gzip;q=x", "gzip;q=NaN", ";", ",", "gzipped"})
    void isNoneThatTheClientDoesNotAccept(String accepted) {
        assertThat(ContentCoding.preferred(accepted)).isNull();
    }

    @Test
    void isNoneWithoutTheHeader() {
        assertThat(ContentCoding.preferred(null)).isNull();
    }

    @Test
    void encodesForEverybodysDecoders() throws IOException {
        var plain = Bytes.ofUtf8("4hello ".repeat(1000));
        var gzip = ContentCoding.GZIP.encode(plain);
        var deflate = ContentCoding.DEFLATE.encode(plain);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.toByteArray())).readAllBytes())
                .isEqualTo(plain.toByteArray());
        assertThat(new InflaterInputStream(new ByteArrayInputStream(deflate.toByteArray())).readAllBytes())
                .isEqualTo(plain.toByteArray());
        assertThat(gzip.length()).isLessThan(200);
        assertThat(deflate.length()).isLessThan(200);
    }
}
