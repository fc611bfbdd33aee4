package io.sockeye.json;

import io.sockeye.bytes.Bytes;

/**
 * Takes a JSON value piece by piece, in the order of its text. One writes another format from what it is told; {@link
 * JsonBuilder} is one that makes JSON of what another format holds. Used by one thread, for one value.
 *
 * <pre>{@code
 * // what ["a",{"b":1}] says:
 * sink.beginArray(2);
 * sink.string("a");
 * sink.beginObject(1);
 * sink.key("b");
 * sink.number("1");
 * sink.end();
 * sink.end();
 * }</pre>
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
