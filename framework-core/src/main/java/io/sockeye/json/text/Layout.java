package io.sockeye.json.text;

/**
 * Where the elements of an array's JSON text are.
 *
 * @param bounds start and end of each element, alternately; owned by the layout
 * @param values how many values are in the array at any depth, with itself and keys of objects
 * @param origin identifies the array that values are from, without keeping its text in memory
 */
@SuppressWarnings("ArrayRecordComponent") // never leaves the package, never compared
public record Layout(int[] bounds, int values, Object origin) {
    public Layout(int[] bounds, int values) {
        this(bounds, values, new Object());
    }

    public int size() {
        return bounds.length / 2;
    }

    public int start(int element) {
        return bounds[2 * element];
    }

    public int end(int element) {
        return bounds[2 * element + 1];
    }
}
