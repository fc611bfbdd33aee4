package io.sockeye.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key pair for 127.0.0.1 that nobody signed, made by the JDK's keytool, in several kinds of files. */
final class SelfSigned {
    static final String PASSWORD = "secret-1";

    private static final String ALIAS = "server";
    private static final String PBE = "PBEWithSHA1AndDESede";

    private final Path folder;
    private final KeyStore store;

    private SelfSigned(Path folder, KeyStore store) {
        this.folder = folder;
        this.store = store;
    }

    static SelfSigned in(Path folder) throws Exception {
        var file = folder.resolve("store.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var arguments = "-genkeypair -alias server -keyalg EC -dname CN=127.0.0.1 -ext san=ip:127.0.0.1 -validity 2 "
                + "-storetype PKCS12 -storepass " + PASSWORD + " -keystore";
        var command = new java.util.ArrayList<>(java.util.List.of(arguments.split(" ")));
        command.add(0, keytool);
        command.add(file.toString());
        var process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("keytool failed");
        }
        return new SelfSigned(folder, KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
    }

    KeyStore store() {
        return store;
    }

    Path certificate() throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
    }

    Path key() throws IOException, GeneralSecurityException {
        return pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    }

    Path encryptedKey() throws IOException, GeneralSecurityException {
        var salt = new byte[8];
        new SecureRandom().nextBytes(salt);
        var secret = SecretKeyFactory.getInstance(PBE).generateSecret(new PBEKeySpec(PASSWORD.toCharArray()));
        var cipher = Cipher.getInstance(PBE);
        cipher.init(Cipher.ENCRYPT_MODE, secret, new PBEParameterSpec(salt, 1000));
        var key = cipher.doFinal(store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        return pem("ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(cipher.getParameters(), key).getEncoded());
    }

    private Path pem(String type, byte[] content) throws IOException {
        var text = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
        return Files.write(folder.resolve(type.replace(' ', '-') + ".pem"), text.getBytes(US_ASCII));
    }

    /** Trusts this certificate alone. */
    SSLContext client() throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
