package io.sockeye.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetscapeCookiesTest {
    private static final URI POLL = URI.create("http://127.0.0.1:3000/socket.io/?EIO=4&transport=polling");

    /** As Node's server sets the cookie for load balancers. */
    @Test
    void cookiesThatExpireAreSentBackAsTheyCame() throws Exception {
        var cookies = new CookieManager(new NetscapeCookies(), null);
        cookies.put(POLL, Map.of("Set-Cookie", List.of("io=abc; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax")));
        assertThat(cookies.get(POLL, Map.of())).containsEntry("Cookie", List.of("io=abc"));
    }
}
