package io.sockeye.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected texts are what engine.io 6.6.12 sends with the same options. */
class CookieTest {
    @Test
    void isLikeTheReferenceServers() {
        assertThat(Cookie.named("io").with("SID")).isEqualTo("io=SID; Path=/; HttpOnly; SameSite=Lax");
        assertThat(Cookie.named("io")
                        .path("/a")
                        .httpOnly(false)
                        .sameSite(Cookie.SameSite.STRICT)
                        .secure(true)
                        .maxAge(Duration.ofSeconds(10))
                        .with("SID"))
                .isEqualTo("io=SID; Max-Age=10; Path=/a; Secure; SameSite=Strict");
        assertThat(Cookie.named("io")
                        .sameSite(Cookie.SameSite.NONE)
                        .secure(true)
                        .maxAge(Duration.ZERO)
                        .with("SID"))
                .isEqualTo("io=SID; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=None");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a=b", "a\r\n", "ü"})
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> Cookie.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/a;b", "/a\r\nb", "/ü"})
    void refusesWhatIsNoPath(String path) {
        assertThatThrownBy(() -> Cookie.named("io").path(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesANegativeAge() {
        assertThatThrownBy(() -> Cookie.named("io").maxAge(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cookie maxAge: PT-1S");
    }
}
