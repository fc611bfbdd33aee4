package io.sockeye.server.internal.threads;

import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonException;

/** What handlers may make of what clients send. */
public final class Weight {
    /** The most that a value or a key takes as an object, about: two bytes of JSON may be a list with one element. */
    private static final int OF_VALUE = 100;
    /** Text has up to two bytes for each of its own; those of attachments stay as many. */
    private static final int OF_BYTE = 2;

    private Weight() {}

    /** The text and the attachments. */
    public static long bytes(JsonArray arguments) {
        long bytes = arguments.raw().length();
        for (var attachment : arguments.attachments()) {
            bytes += attachment.length();
        }
        return bytes;
    }

    /** The same of what this side has written: users can write values raw that are no JSON, which is told to who reads them. */
    public static long ofSent(JsonArray arguments) {
        try {
            return of(arguments);
        } catch (JsonException e) {
            return ofBytes(arguments);
        }
    }

    /** How many bytes the objects may take, about. */
    public static long of(JsonArray arguments) {
        return (long) OF_VALUE * arguments.values() + ofBytes(arguments);
    }

    private static long ofBytes(JsonArray arguments) {
        return (OF_BYTE - 1L) * arguments.raw().length() + bytes(arguments);
    }
}
