package io.sockeye.server.http;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Serves files from the class path, such as the page of an application: with the media type of their name, compressed
 * if that makes them smaller, and with an entity tag, so that browsers fetch only files that have changed. A path that
 * ends with a slash means the {@code index.html} below it. Files are kept in memory once they were read, and read again
 * when they change. Reading blocks; if handlers run on the event loops, another thread reads.
 *
 * <p>Ranges of files are not served, nor names that begin with a dot, except {@code .well-known}.
 *
 * <pre>{@code
 * SocketServer.builder().http(StaticFiles.of(Main.class, "/web"))
 * }</pre>
 */
public final class StaticFiles implements HttpHandler {
    /** The limit for all files together, with their compressed copies. Further files are read for each request. */
    private static final long MAX_KEPT_BYTES = 64L << 20;

    private final Class<?> owner;
    private final String folder;
    private final StaticFileCache kept = new StaticFileCache(MAX_KEPT_BYTES);

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
        var file = isPlain(name) ? find(name) : Optional.<StaticFile>empty();
        return file.map(found -> found.answer(request)).orElseGet(HttpResponse::notFound);
    }

    /**
     * Whether the name has no parent folders, hidden files, or characters that a file system reads as a separator, a
     * drive or a stream.
     */
    private static boolean isPlain(String name) {
        if (!name.startsWith("/") || name.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\' || c == ':')) {
            return false;
        }
        for (var part : name.substring(1).split("/", -1)) {
            boolean hidden = part.startsWith(".") && !part.equals(".well-known"); // RFC 8615
            if (part.isEmpty() || hidden || part.endsWith(".") || part.endsWith(" ")) {
                return false;
            }
        }
        return true;
    }

    private Optional<StaticFile> find(String name) throws IOException {
        var url = owner.getResource(folder + name);
        if (url == null || isFolder(url, name)) {
            return Optional.empty();
        }
        var connection = url.openConnection();
        return Optional.of(read(name, connection));
    }

    private StaticFile read(String name, URLConnection connection) throws IOException {
        // The stream must be closed in any case: getting the time opens it.
        try (var content = connection.getInputStream()) {
            long changed = connection.getLastModified();
            long length = connection.getContentLengthLong();
            var known = kept.find(name, changed, length);
            if (known != null) {
                return known;
            }
            var file = StaticFile.of(name, content.readAllBytes());
            kept.keep(name, changed, length, file);
            return file;
        }
    }

    /** Whether it is a folder of the class path: reading one would give a list of names, or nothing. */
    private boolean isFolder(URL url, String name) throws IOException {
        if (!url.getProtocol().equals("file")) {
            return owner.getResource(folder + name + "/") != null;
        }
        try {
            return !Files.isRegularFile(Path.of(url.toURI()));
        } catch (URISyntaxException e) {
            throw new IOException(url + " is no file", e);
        }
    }
}
