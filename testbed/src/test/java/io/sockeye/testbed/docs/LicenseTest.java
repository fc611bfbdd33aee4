package io.sockeye.testbed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import io.sockeye.json.Json;
import io.sockeye.server.SocketServer;
import io.sockeye.test.TestServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each jar carries its license, and those of what it contains. */
class LicenseTest {
    @ParameterizedTest
    @ValueSource(classes = {Json.class, SocketServer.class, SocketClient.class, TestServer.class})
    void jarsHaveLicenseAndNotice(Class<?> type) throws IOException {
        assertHas(type, "META-INF/LICENSE");
        assertHas(type, "META-INF/NOTICE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"io/sockeye/server/client/LICENSE", "io/sockeye/server/http/mime-db/LICENSE"})
    void theServersJarHasThoseOfItsParts(String file) throws IOException {
        assertHas(SocketServer.class, file);
    }

    private static void assertHas(Class<?> type, String file) throws IOException {
        URL jar = type.getProtectionDomain().getCodeSource().getLocation();
        try (var alone = new URLClassLoader(new URL[] {jar}, null)) {
            assertThat(alone.findResource(file)).as("%s in %s", file, jar).isNotNull();
        }
    }
}
