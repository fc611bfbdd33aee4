package io.sockeye.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
    private static final String APP = "https://app.example";

    @Test
    void noneAllowsNobody() {
        assertThat(Cors.NONE.allowedOrigin(APP)).isEmpty();
        assertThat(Cors.NONE.allowedOrigin("")).isEmpty();
        assertThat(Cors.NONE.credentials()).isFalse();
    }

    @Test
    void namesTheOriginThatItAllows() {
        var cors = Cors.origins(APP, "http://localhost:8080");
        assertThat(cors.allowedOrigin(APP)).contains(APP);
        assertThat(cors.allowedOrigin("http://localhost:8080")).contains("http://localhost:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example",
                "https://app.example:444",
                "https://app.example.evil",
                "https://evil.example",
                "https://app.example/",
                "HTTPS://APP.EXAMPLE",
                "null",
                ""
            })
    void comparesOriginsExactly(String origin) {
        assertThat(Cors.origins(List.of(APP)).allowedOrigin(origin)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://app.example/          | , write 'https://app.example'
            https://app.example/page?x#y  | , write 'https://app.example'
            https://APP.example           | , write 'https://app.example'
            HTTPS://app.example           | , write 'https://app.example'
            https://app.example:443       | , write 'https://app.example'
            http://app.example:80         | , write 'http://app.example'
            https://me@app.example        | , write 'https://app.example'
            ' https://app.example'        | , write 'https://app.example'
            app.example                   | , write it as 'https://app.example'
            localhost:3000                | , write it as 'https://app.example'
            ''                            | , write it as 'https://app.example'
            https://bücher.example        | ''
            https://                      | , write it as 'https://app.example'
            http://:8080                  | ''
            http://app.example:0080       | ''
            """)
    void refusesWhatNoBrowserEverNames(String origin, String hint) {
        assertThatThrownBy(() -> Cors.origins(APP, origin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cors origin '" + origin + "' is none that a browser sends" + hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://*.example", "http://localhost:*"})
    void refusesWildcards(String origin) {
        assertThatThrownBy(() -> Cors.origins(origin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cors origin '" + origin
                        + "': no wildcards; Cors.any() is every origin, Cors.matching(Pattern) those of a pattern");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://localhost",
                "http://localhost:8080",
                "https://app.example:80",
                "http://[::1]:3000",
                "http://192.0.2.1",
                "https://xn--bcher-kva.example",
                "http://my_host",
                "capacitor://localhost",
                "chrome-extension://abcdef",
                "file://"
            })
    void takesWhatBrowsersName(String origin) {
        assertThat(Cors.origins(origin).allowedOrigin(origin)).contains(origin);
    }

    @Test
    void aPatternMatchesTheWholeOrigin() {
        var cors = Cors.matching(Pattern.compile("https://[a-z]+\\.example"));
        assertThat(cors.allowedOrigin(APP)).contains(APP);
        assertThat(cors.allowedOrigin(APP + ".evil")).isEmpty();
        assertThat(cors.allowedOrigin("x" + APP)).isEmpty();
    }

    @Test
    void aPredicateDecides() {
        var cors = Cors.when(origin -> origin.endsWith(".example"));
        assertThat(cors.allowedOrigin(APP)).contains(APP);
        assertThat(cors.allowedOrigin("https://evil.test")).isEmpty();
    }

    @Test
    void anyIsAStar() {
        assertThat(Cors.any().allowedOrigin(APP)).contains("*");
        assertThat(Cors.any().withoutOrigin()).contains("*");
        assertThat(Cors.origins(APP).withoutOrigin()).isEmpty();
    }

    @Test
    void anyWithCredentialsMustBeSaidInMoreWords() {
        assertThatThrownBy(() -> Cors.any().withCredentials())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cors.when(origin -> true).withCredentials()");
        assertThat(Cors.when(origin -> true).withCredentials().allowedOrigin(APP))
                .contains(APP);
    }

    @Test
    void credentialsChangeNothingOfTheOrigins() {
        var cors = Cors.origins(APP).withCredentials();
        assertThat(cors.credentials()).isTrue();
        assertThat(cors.allowedOrigin(APP)).contains(APP);
        assertThat(cors.allowedOrigin("https://evil.example")).isEmpty();
    }
}
