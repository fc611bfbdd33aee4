package io.sockeye.json;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads variable argument lists. */
public final class Varargs {
    private Varargs() {}

    /**
     * The values. A bare {@code null}, for which Java passes no array, is one value that is null: {@code emit("n",
     * null)} means that.
     */
    public static List<@Nullable Object> list(@Nullable Object @Nullable [] values) {
        return values == null ? Collections.singletonList(null) : Arrays.asList(values);
    }
}
