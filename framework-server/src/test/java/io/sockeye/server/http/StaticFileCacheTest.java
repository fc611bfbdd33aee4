package io.sockeye.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StaticFileCacheTest {
    private final StaticFileCache cache = new StaticFileCache(10_000);

    private static StaticFile file(int bytes) throws IOException {
        return StaticFile.of("a.bin", new byte[bytes]);
    }

    @Test
    void keepsAsManyBytesAsItMay() throws IOException {
        cache.keep("a", 1, 4_000, file(4_000));
        cache.keep("b", 1, 4_000, file(4_000));
        cache.keep("c", 1, 4_000, file(4_000));
        assertThat(cache.find("a", 1, 4_000)).isNotNull();
        assertThat(cache.find("b", 1, 4_000)).isNotNull();
        assertThat(cache.find("c", 1, 4_000)).isNull();
    }

    @Test
    void aFileThatHasChangedTakesThePlaceOfTheOldOne() throws IOException {
        cache.keep("a", 1, 9_000, file(9_000));
        cache.keep("a", 2, 9_100, file(9_100));
        assertThat(cache.find("a", 1, 9_000)).isNull();
        assertThat(cache.find("a", 2, 9_100)).isNotNull();
        cache.keep("a", 3, 20_000, file(20_000));
        assertThat(cache.find("a", 2, 9_100)).isNull();
        cache.keep("b", 1, 9_000, file(9_000));
        assertThat(cache.find("b", 1, 9_000)).isNotNull();
    }

    @Test
    void whatIsTooLargeToBeKeptIsNotCompressed() throws IOException {
        assertThat(StaticFile.of("a.js", new byte[4 << 20]).gzipped()).isPresent();
        assertThat(StaticFile.of("a.js", new byte[(4 << 20) + 1]).gzipped()).isEmpty();
    }

    @Test
    void manySmallFilesCountToo() throws IOException {
        for (int i = 0; i < 100; i++) {
            cache.keep("empty" + i, 1, 0, file(0));
        }
        assertThat(cache.find("empty0", 1, 0)).isNotNull();
        assertThat(cache.find("empty99", 1, 0)).isNull();
    }

    @Test
    void aFileOfUnknownAgeIsNotKept() throws IOException {
        cache.keep("a", 0, 1, file(1));
        assertThat(cache.find("a", 0, 1)).isNull();
    }
}
