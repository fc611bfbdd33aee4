package io.sockeye.client.internal.http;

import java.net.CookieManager;
import java.net.CookieStore;
import java.net.HttpCookie;
import java.net.URI;
import java.util.List;

/**
 * Cookies in memory, sent back as browsers send them. The JDK takes cookies with {@code Max-Age} for those of RFC 2965, and
 * would send them with {@code $Version} and quotes, which load balancers do not understand.
 */
public final class NetscapeCookies implements CookieStore {
    private final CookieStore memory = new CookieManager().getCookieStore();

    @Override
    public void add(URI uri, HttpCookie cookie) {
        cookie.setVersion(0);
        memory.add(uri, cookie);
    }

    @Override
    public List<HttpCookie> get(URI uri) {
        return memory.get(uri);
    }

    @Override
    public List<HttpCookie> getCookies() {
        return memory.getCookies();
    }

    @Override
    public List<URI> getURIs() {
        return memory.getURIs();
    }

    @Override
    public boolean remove(URI uri, HttpCookie cookie) {
        return memory.remove(uri, cookie);
    }

    @Override
    public boolean removeAll() {
        return memory.removeAll();
    }
}
