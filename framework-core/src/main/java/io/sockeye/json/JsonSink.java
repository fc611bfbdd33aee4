package io.sockeye.json;

import io.sockeye.bytes.Bytes;

/**
 * Receives a JSON value piece by piece, in the order of its text. An implementation may write another format; {@link
 * JsonBuilder} makes JSON of a value in another format. Used by one thread, for one value.
 *
 * <pre>{@code
 * // the calls for ["a",{"b":1}]: sink.beginArray(2); sink.string("a"); sink.beginObject(1); sink.key("b");
 * sink.number("1"); sink.end(); sink.end(); }</pre>
 */
public interface JsonSink {
    /** An array of that many elements begins. */
    void beginArray(int size);

    /** An object of that many members begins; before each value comes its {@link #key}. */
    void beginObject(int size);

    /** The innermost array or object ends. */
    void end();

    void key(String name);

    void string(String value);

    /** A number by its JSON text (RFC 8259), of any size and precision. */
    void number(String text);

    void bool(boolean value);

    /** JSON's null. */
    void nothing();

    /** An attachment, which JSON itself has no form for. */
    void binary(Bytes value);
}
