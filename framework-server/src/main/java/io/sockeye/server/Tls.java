package io.sockeye.server;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts all connections, with TLS 1.3 and 1.2: {@code https} and {@code wss} on the one port. The key is read when
 * the object is made.
 *
 * <pre>{@code
 * SocketServer.builder().tls(Tls.pem(Path.of("fullchain.pem"), Path.of("privkey.pem")))
 * }</pre>
 */
public final class Tls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final SslContext context;

    private Tls(SslContext context) {
        this.context = context;
    }

    /**
     * A certificate with those that sign it, and its private key (PKCS#8), both as PEM.
     *
     * @throws IllegalArgumentException naming the file, if it cannot be read or does not hold what it should
     */
    public static Tls pem(Path certificateChain, Path key) {
        return pem(certificateChain, key, null);
    }

    /**
     * A certificate with those that sign it, and its private key (PKCS#8) that a password encrypts, both as PEM.
     *
     * @throws IllegalArgumentException naming the file, if it cannot be read or does not hold what it should
     */
    public static Tls pem(Path certificateChain, Path key, @Nullable String password) {
        for (var file : new Path[] {certificateChain, key}) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new IllegalArgumentException("TLS: cannot read the file " + file);
            }
        }
        String where = "certificate chain " + certificateChain + " and key " + key;
        try {
            return of(SslContextBuilder.forServer(certificateChain.toFile(), key.toFile(), password), where);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("TLS: " + where + ": " + causeOf(e), e);
        }
    }

    /**
     * The key of a key store.
     *
     * @throws IllegalArgumentException if the store has no key, or another password
     */
    public static Tls keyStore(KeyStore store, char[] password) {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            if (!holdsKey(store)) {
                throw new IllegalArgumentException("TLS: the key store has no private key");
            }
            return of(SslContextBuilder.forServer(keys), "key store");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS: key store: " + e.getMessage(), e);
        }
    }

    private static boolean holdsKey(KeyStore store) throws GeneralSecurityException {
        for (var aliases = store.aliases(); aliases.hasMoreElements(); ) {
            if (store.isKeyEntry(aliases.nextElement())) {
                return true;
            }
        }
        return false;
    }

    /**
     * With Netty's own context, for other settings: ciphers, client certificates, OpenSSL.
     *
     * @throws IllegalArgumentException if the context is for a client
     */
    public static Tls of(SslContext context) {
        if (context.isClient()) {
            throw new IllegalArgumentException("TLS: the context is a client's");
        }
        return new Tls(context);
    }

    private static Tls of(SslContextBuilder builder, String where) {
        try {
            return new Tls(
                    builder.sslProvider(SslProvider.JDK).protocols(PROTOCOLS).build());
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS: " + where + ": " + causeOf(e), e);
        }
    }

    /** The cause's message, since Netty's own says no more than that a file is invalid. */
    private static String causeOf(Throwable error) {
        var cause = error.getCause() == null ? error : error.getCause();
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }

    /** Netty's context, see {@link #of}. */
    public SslContext context() {
        return context;
    }
}
