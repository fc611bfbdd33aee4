package io.sockeye.testbed.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/** A key with a certificate that nobody has signed but itself, made by the JDK's tool. */
final class ThrowawayKey {
    private static final String PASSWORD = "changeit";

    private ThrowawayKey() {}

    static char[] password() {
        return PASSWORD.toCharArray();
    }

    static KeyStore create() {
        try {
            var directory = Files.createTempDirectory("attacked");
            var file = directory.resolve("key.p12");
            make(file);
            var keys = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(file)) {
                keys.load(in, password());
            }
            Files.delete(file);
            Files.delete(directory);
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no key could be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void make(Path file) throws IOException, InterruptedException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var words = "-genkeypair -alias server -keyalg EC -dname CN=test -storetype PKCS12 -storepass " + PASSWORD;
        var command = new ProcessBuilder(tool);
        command.command().addAll(List.of(words.split(" ", -1)));
        command.command().addAll(List.of("-keystore", file.toString()));
        int exit = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("keytool ended with " + exit);
        }
    }
}
