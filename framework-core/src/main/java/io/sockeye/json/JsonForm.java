package io.sockeye.json;

/** A value that has a JSON form of its own, independent of the mapper's settings. */
public interface JsonForm {
    /**
     * The JSON form.
     *
     * @throws JsonException if something in it cannot be written as JSON
     */
    JsonValue toValue(Json json);
}
