package io.sockeye.server.internal.netty.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time as a header says it, written once a second: RFC 9110, 5.6.7. Owned by one loop. */
public final class DateHeader {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private long second = Long.MIN_VALUE;
    private String text = "";

    /** @param epochMillis the time of day, which may also go back */
    public String at(long epochMillis) {
        long present = Math.floorDiv(epochMillis, 1_000);
        if (present != second) {
            second = present;
            text = FORMAT.format(Instant.ofEpochSecond(present));
        }
        return text;
    }
}
