package io.sockeye.server.netty;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NettyVersionTest {
    private final ClassLoader own = NettyVersionTest.class.getClassLoader();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theOneThatTheServerIsBuiltWithFits() {
        assertThatCode(() -> NettyVersion.check(own)).doesNotThrowAnyException();
    }

    @Test
    void anotherOneIsNamedWithItsPlace() throws Exception {
        var jar = jar("netty-transport-4.1.118.Final.jar", "netty-transport.version=4.1.118.Final\n");
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThatThrownBy(() -> NettyVersion.check(loader))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("sockeye-server needs Netty 4.2.x, but found netty-transport 4.1.118.Final at "
                            + jar.toUri().toURL());
        }
    }

    @Test
    void theFirstOfSeveralIsTheOneThatCounts() throws Exception {
        var first = jar("first.jar", "netty-transport.version=4.2.18.Final\nnetty-codec-dns.version=4.1.1.Final\n");
        var second = jar("second.jar", "netty-transport.version=4.1.118.Final\n");
        var third = jar("third.jar", "netty-codec-http.version=5.0.0.Alpha1\n");
        var both = new URL[] {first.toUri().toURL(), second.toUri().toURL()};
        try (var loader = new URLClassLoader(both, null)) {
            assertThatThrownBy(() -> NettyVersion.check(loader))
                    .hasMessage("sockeye-server needs Netty 4.2.x, but there is no class"
                            + " io.netty.channel.MultiThreadIoEventLoopGroup");
        }
        var all = new URL[] {first.toUri().toURL(), third.toUri().toURL()};
        try (var loader = new URLClassLoader(all, null)) {
            assertThatThrownBy(() -> NettyVersion.check(loader)).hasMessageContaining("netty-codec-http 5.0.0.Alpha1");
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

    private Path jar(String name, String versions) throws IOException {
        var file = folder.resolve(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry("META-INF/io.netty.versions.properties"));
            out.write(versions.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        return file;
    }
}
