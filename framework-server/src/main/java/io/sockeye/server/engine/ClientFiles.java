package io.sockeye.server.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The official browser client, which the jar carries. Files are read and compressed when first asked for, on a
 * thread of the JDK's pool. Any thread.
 */
final class ClientFiles {
    private static final Logger log = LoggerFactory.getLogger(ClientFiles.class);

    private static final Set<String> NAMES = Set.of(
            "socket.io.js",
            "socket.io.js.map",
            "socket.io.min.js",
            "socket.io.min.js.map",
            "socket.io.esm.min.js",
            "socket.io.esm.min.js.map",
            "socket.io.msgpack.min.js",
            "socket.io.msgpack.min.js.map");

    private final Map<String, CompletableFuture<ClientFile>> files = new ConcurrentHashMap<>();

    /** @return whether there is such a file; if so, the request is answered */
    boolean serve(String name, Call call) {
        if (!NAMES.contains(name)) {
            return false;
        }
        var file = files.computeIfAbsent(name, key -> CompletableFuture.supplyAsync(() -> ClientFile.load(key)));
        call.await(file, (loaded, failure) -> {
            if (failure == null) {
                loaded.answer(call);
            } else {
                files.remove(name, file); // The next request tries again.
                log.error("{} cannot be served", name, failure);
                call.respond(500, "text/plain", Bytes.EMPTY);
            }
        });
        return true;
    }

    private record ClientFile(String contentType, String hash, Bytes plain, Bytes gzipped) {
        static ClientFile load(String name) {
            try (var resource = ClientFiles.class.getResourceAsStream("/io/sockeye/server/client/" + name)) {
                if (resource == null) {
                    throw new IllegalStateException("the jar lacks the browser client's file " + name);
                }
                var content = resource.readAllBytes();
                var type = name.endsWith(".map")
                        ? "application/json; charset=utf-8"
                        : "application/javascript; charset=utf-8";
                return new ClientFile(type, hashOf(content), Bytes.wrap(content), Bytes.wrap(gzip(content)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String hashOf(byte[] content) {
            try {
                var hash = MessageDigest.getInstance("SHA-256").digest(content);
                return HexFormat.of().formatHex(hash, 0, 16);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        private static byte[] gzip(byte[] content) throws IOException {
            var out = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(out)) {
                gzip.write(content);
            }
            return out.toByteArray();
        }

        void answer(Call call) {
            boolean gzip = ContentCoding.GZIP.isAccepted(call.list("accept-encoding"));
            String tag = '"' + hash + (gzip ? "-gzip" : "") + '"';
            Map<String, String> headers = new HashMap<>();
            headers.put("ETag", tag);
            headers.put("Cache-Control", "public, max-age=0");
            headers.put("Vary", "Accept-Encoding");
            String known = call.list("if-none-match");
            if (known != null && known.contains(tag)) {
                call.respond(304, HttpHeaders.of(headers), Bytes.EMPTY);
                return;
            }
            headers.put("Content-Type", contentType);
            headers.put("X-Content-Type-Options", "nosniff");
            if (gzip) {
                headers.put("Content-Encoding", "gzip");
                call.respond(200, HttpHeaders.of(headers), gzipped);
            } else {
                call.respond(200, HttpHeaders.of(headers), plain);
            }
        }
    }
}
