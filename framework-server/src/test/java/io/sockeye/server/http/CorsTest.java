package io.sockeye.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
