package io.sockeye.json;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a caller of a method with any number of values means. */
public final class Varargs {
    private Varargs() {}

    /**
     * The values. A bare {@code null}, which the language passes as an array that is missing, is one value that is null: who
     * writes {@code emit("n", null)} means that.
     */
    public static List<@Nullable Object> list(@Nullable Object @Nullable [] values) {
        return values == null ? Collections.singletonList(null) : Arrays.asList(values);
    }
}
