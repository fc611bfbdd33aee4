package io.sockeye.server.internal.netty.io;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NettyVersionTest {
    private static final String CHANNEL = "io/netty/channel/Channel.class";
    private static final String DECODER = "io/netty/handler/codec/http/HttpRequestDecoder.class";

    private final ClassLoader own = NettyVersionTest.class.getClassLoader();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theOneThatTheServerIsBuiltWithFits() {
        assertThatCode(() -> NettyVersion.check(own)).doesNotThrowAnyException();
    }

    @Test
    void anotherOneIsNamedWithItsPlace() throws Exception {
        var jar = jar("old.jar", "netty-transport.version=4.1.118.Final\n", CHANNEL);
        assertRefused("netty-transport 4.1.118.Final at " + jar, jar);
    }

    @Test
    void theFirstOfSeveralIsTheOneThatCounts() throws Exception {
        var present = jar(
                "present.jar", "netty-transport.version=4.2.18.Final\nnetty-codec-dns.version=4.1.1.Final\n", CHANNEL);
        var old = jar("old.jar", "netty-transport.version=4.1.118.Final\n", CHANNEL);
        var later = jar("later.jar", "netty-codec-http.version=5.0.0.Alpha1\n", DECODER);
        assertRefusedForLackOfClass(present, old);
        assertRefused("netty-transport 4.1.118.Final at " + old, old, present);
        assertRefused("netty-codec-http 5.0.0.Alpha1 at " + later, present, later);
    }

    /** As in libraries that hold a Netty of their own. */
    @Test
    void versionsOfClassesUnderOtherNamesDoNotCount() throws Exception {
        var shaded = jar("shaded.jar", "netty-transport.version=4.1.118.Final\n", "shaded/" + CHANNEL);
        var present = jar("present.jar", "netty-transport.version=4.2.18.Final\n", CHANNEL);
        assertRefusedForLackOfClass(shaded, present);
    }

    private static void assertRefused(String found, URL... jars) throws IOException {
        try (var loader = new URLClassLoader(jars, null)) {
            assertThatThrownBy(() -> NettyVersion.check(loader))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("sockeye-server needs Netty 4.2.x, but found " + found);
        }
    }

    /** No version is wrong, but these jars hold no real class. */
    private static void assertRefusedForLackOfClass(URL... jars) throws IOException {
        try (var loader = new URLClassLoader(jars, null)) {
            assertThatThrownBy(() -> NettyVersion.check(loader))
                    .hasMessage("sockeye-server needs Netty 4.2.x, but there is no class"
                            + " io.netty.channel.MultiThreadIoEventLoopGroup");
        }
    }

    @Test
    void noNettyAtAllIsSaid() throws Exception {
        try (var loader = new URLClassLoader(new URL[0], null)) {
            assertThatThrownBy(() -> NettyVersion.check(loader))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("sockeye-server needs Netty 4.2.x, but there is no class");
        }
    }

    private URL jar(String name, String versions, String file) throws IOException {
        var jar = folder.resolve(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/io.netty.versions.properties"));
            out.write(versions.getBytes(StandardCharsets.ISO_8859_1));
            out.putNextEntry(new ZipEntry(file));
        }
        return jar.toUri().toURL();
    }
}
