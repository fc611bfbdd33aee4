package io.sockeye.json;

/** A value that has a JSON form of its own, whatever the settings of the mapper. */
public interface JsonForm {
    /**
     * How it is written.
     *
     * @throws JsonException if something in it has no JSON
     */
    JsonValue toValue(Json json);
}
