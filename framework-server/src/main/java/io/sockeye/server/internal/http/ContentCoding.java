package io.sockeye.server.internal.http;

import io.sockeye.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The codings of an HTTP body: "gzip" and "deflate", which is zlib's format (RFC 9110, 8.4.1). */
enum ContentCoding {
    GZIP("gzip"),
    DEFLATE("deflate");

    private final String text;

    ContentCoding(String text) {
        this.text = text;
    }

    /** As in {@code Content-Encoding}. */
    String text() {
        return text;
    }

    /**
     * The coding that a client likes best: by its weights, then named ones before {@code *}, then in its order, as the
     * reference server chooses.
     *
     * @param accepted the value of {@code Accept-Encoding}, null if there was none
     */
    static @Nullable ContentCoding preferred(@Nullable String accepted) {
        if (accepted == null) {
            return null;
        }
        var ranges = accepted.split(",", -1);
        ContentCoding best = null;
        var bestRank = Rank.NONE;
        for (var coding : values()) {
            var rank = coding.rank(ranges);
            if (rank.weight() > 0 && rank.compareTo(bestRank) < 0) {
                best = coding;
                bestRank = rank;
            }
        }
        return best;
    }

    private Rank rank(String[] ranges) {
        var any = Rank.NONE;
        for (int i = 0; i < ranges.length; i++) {
            var parts = ranges[i].split(";", -1);
            var name = parts[0].strip();
            if (name.equalsIgnoreCase(text)) {
                return new Rank(weight(parts), false, i);
            }
            if (name.equals("*") && any.place() > i) {
                any = new Rank(weight(parts), true, i);
            }
        }
        return any;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            var part = parts[i].strip();
            if (part.startsWith("q=") || part.startsWith("Q=")) {
                try {
                    return Double.parseDouble(part.substring(2));
                } catch (NumberFormatException e) {
                    return 0; // Who knows what the client meant: plain text is never wrong.
                }
            }
        }
        return 1;
    }

    private record Rank(double weight, boolean any, int place) implements Comparable<Rank> {
        private static final Rank NONE = new Rank(0, true, Integer.MAX_VALUE);

        @Override
        public int compareTo(Rank other) {
            if (weight != other.weight) {
                return Double.compare(other.weight, weight);
            }
            return any == other.any ? Integer.compare(place, other.place) : Boolean.compare(any, other.any);
        }
    }

    Bytes encode(Bytes plain) {
        var out = new ByteArrayOutputStream(plain.length() / 4 + 32);
        try (var encoder = encoder(out)) {
            encoder.write(plain.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private OutputStream encoder(OutputStream out) throws IOException {
        return switch (this) {
            case GZIP -> new FastGzip(out);
            case DEFLATE -> new FastDeflate(out);
        };
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Frees its deflater, which the class above would leave to its caller if it were given one. */
    private static final class FastDeflate extends DeflaterOutputStream {
        FastDeflate(OutputStream out) {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
