package io.sockeye.server.http;

import io.sockeye.bytes.Bytes;
import java.io.IOException;
import java.util.Map;

/**
 * Serves files from the class path, such as the page of an application. Reads them anew for each request.
 *
 * <pre>{@code
 * SocketServer.builder().http(StaticFiles.of(Main.class, "/web"))
 * }</pre>
 */
public final class StaticFiles implements HttpHandler {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "webp", "image/webp",
            "woff2", "font/woff2",
            "txt", "text/plain; charset=utf-8");

    private final Class<?> owner;
    private final String folder;

    private StaticFiles(Class<?> owner, String folder) {
        this.owner = owner;
        this.folder = folder;
    }

    /**
     * The files below a folder of resources.
     *
     * @param owner a class of the module or jar that holds them
     * @param folder an absolute name, such as {@code /web}
     */
    public static StaticFiles of(Class<?> owner, String folder) {
        if (!folder.startsWith("/") || folder.endsWith("/")) {
            throw new IllegalArgumentException("folder must start and not end with '/': " + folder);
        }
        return new StaticFiles(owner, folder);
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpResponse.text(405, "Method Not Allowed").with("Allow", "GET, HEAD");
        }
        String path = request.path();
        String name = path.endsWith("/") ? path + "index.html" : path;
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        // Only plain names: no parent folders, no other separators.
        if (type == null || name.contains("..") || !name.matches("/[A-Za-z0-9._/-]+") || name.contains("//")) {
            return HttpResponse.notFound();
        }
        try (var file = owner.getResourceAsStream(folder + name)) {
            if (file == null) {
                return HttpResponse.notFound();
            }
            return HttpResponse.ok(type, Bytes.wrap(file.readAllBytes()))
                    .with("Cache-Control", "no-cache")
                    .with("X-Content-Type-Options", "nosniff");
        }
    }
}
