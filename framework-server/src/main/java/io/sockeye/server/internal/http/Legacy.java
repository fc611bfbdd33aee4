package io.sockeye.server.internal.http;

/**
 * What clients of old times may use; nothing by default.
 *
 * @param revision3 whether clients may speak revision 3 of Engine.IO
 * @param jsonp whether answers to polls may come as scripts
 */
public record Legacy(boolean revision3, boolean jsonp) {
    /** Only what the present specification knows. */
    public static final Legacy NONE = new Legacy(false, false);
}
