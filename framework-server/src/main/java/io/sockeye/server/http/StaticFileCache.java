package io.sockeye.server.http;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that were read, up to a number of bytes. For all threads. */
final class StaticFileCache {
    /** Approximate bytes of a file's map entry, key and records. */
    private static final int ENTRY_BYTES = 512;

    private final long maxBytes;
    private final Map<String, Kept> files = new HashMap<>();
    private long bytes;

    private record Kept(long changed, long length, StaticFile file) {
        long bytes() {
            return ENTRY_BYTES + file.bytes();
        }
    }

    StaticFileCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The file of that name; null if it is not in the cache, or is there with another time or length. */
    synchronized @Nullable StaticFile find(String name, long changed, long length) {
        var known = files.get(name);
        return known != null && known.changed() == changed && known.length() == length ? known.file() : null;
    }

    /**
     * Adds a file, in place of the one with its name, if there is room for it.
     *
     * @param changed the time of its last change; 0 if it is not known: then it is not kept
     */
    synchronized void keep(String name, long changed, long length, StaticFile file) {
        var old = files.remove(name);
        bytes -= old == null ? 0 : old.bytes();
        var next = new Kept(changed, length, file);
        if (changed != 0 && file.plain().length() <= StaticFile.MAX_COMPRESSED && next.bytes() <= maxBytes - bytes) {
            files.put(name, next);
            bytes += next.bytes();
        }
    }
}
