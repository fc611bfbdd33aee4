package io.sockeye.server.http;

import io.sockeye.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A file as it is served.
 *
 * @param tag the entity tag, without quotes
 * @param gzipped empty if compression does not pay off
 */
record StaticFile(MediaTypes.MediaType type, String tag, Bytes plain, Optional<Bytes> gzipped) {
    /** Smaller ones fit into the first packet as they are. */
    private static final int MIN_COMPRESSED = 1024;
    /** Larger ones are not kept, and would be compressed for each request. */
    static final int MAX_COMPRESSED = 4 << 20;

    static StaticFile of(String name, byte[] content) throws IOException {
        var type = MediaTypes.of(name);
        boolean worthIt = type.compressible() && content.length >= MIN_COMPRESSED && content.length <= MAX_COMPRESSED;
        var gzipped = worthIt ? gzip(content) : null;
        return new StaticFile(type, hash(content), Bytes.wrap(content), Optional.ofNullable(gzipped));
    }

    /** The bytes that it takes in memory. */
    long bytes() {
        return (long) plain.length() + gzipped.map(Bytes::length).orElse(0);
    }

    private static String hash(byte[] content) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Bytes gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream(content.length / 2);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return Bytes.wrap(out.toByteArray());
    }

    HttpResponse answer(HttpRequest request) {
        boolean compressed = gzipped.isPresent()
                && acceptsGzip(request.header("accept-encoding").orElse(""));
        String quoted = '"' + tag + (compressed ? "-gzip" : "") + '"';
        var headers = HttpHeaders.of("ETag", quoted).with("Cache-Control", "no-cache");
        if (gzipped.isPresent()) {
            headers = headers.with("Vary", "Accept-Encoding");
        }
        if (isKnown(request.header("if-none-match").orElse(""), quoted)) {
            return new HttpResponse(304, headers, Bytes.EMPTY);
        }
        headers = headers.with("Content-Type", type.text()).with("X-Content-Type-Options", "nosniff");
        return compressed
                ? new HttpResponse(200, headers.with("Content-Encoding", "gzip"), gzipped.get())
                : new HttpResponse(200, headers, plain);
    }

    /** "A recipient MUST use the weak comparison function": RFC 9110, 13.1.2. */
    private static boolean isKnown(String tags, String quoted) {
        return Arrays.stream(tags.split(",", -1))
                .map(String::strip)
                .anyMatch(known -> known.equals("*") || known.equals(quoted) || known.equals("W/" + quoted));
    }

    /** Whether gzip has a positive weight: its own, or that of {@code *} if it has none. */
    static boolean acceptsGzip(String accepted) {
        var any = false;
        for (var range : accepted.split(",", -1)) {
            var parts = range.split(";", -1);
            var name = parts[0].strip();
            boolean welcome = Arrays.stream(parts).skip(1).noneMatch(StaticFile::isNothing);
            if (name.equalsIgnoreCase("gzip")) {
                return welcome;
            }
            any |= name.equals("*") && welcome;
        }
        return any;
    }

    /** Whether a parameter is a weight of zero, or cannot be read. */
    private static boolean isNothing(String parameter) {
        var part = parameter.strip();
        return (part.startsWith("q=") || part.startsWith("Q="))
                && !part.substring(2).matches("1(\\.0*)?|0?\\.0*[1-9][0-9]*");
    }
}
