package io.sockeye.server.internal.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.StaticFiles;
import io.sockeye.server.internal.http.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The official browser client, which the jar carries. Files are read on a thread of the JDK's pool. Any thread. */
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

    private final StaticFiles files = StaticFiles.of(ClientFiles.class, "/io/sockeye/server/client");

    /** @return whether there is such a file; if so, the request is answered by these */
    boolean serve(String name, Call call, RouteAnswers answers) {
        if (!NAMES.contains(name)) {
            return false;
        }
        var request = call.snapshot();
        call.await(CompletableFuture.supplyAsync(() -> read(name, request)), (response, failure) -> {
            if (failure == null) {
                answers.send(call, response);
            } else {
                log.error("{} cannot be served", name, failure);
                call.respond(500, "text/plain", Bytes.EMPTY);
            }
        });
        return true;
    }

    private HttpResponse read(String name, HttpRequest request) {
        try {
            var file = new HttpRequest(
                    "GET", "/" + name, request.headers(), request.remoteAddress(), request.secure(), Bytes.EMPTY);
            var response = files.handle(file).with("Cache-Control", "public, max-age=0");
            return switch (response.status()) {
                case 200 -> response.with("Content-Type", typeOf(name));
                case 404 -> throw new IllegalStateException("the jar lacks the browser client's file " + name);
                default -> response;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the reference server names them. */
    private static String typeOf(String name) {
        return name.endsWith(".map") ? "application/json; charset=utf-8" : "application/javascript; charset=utf-8";
    }
}
