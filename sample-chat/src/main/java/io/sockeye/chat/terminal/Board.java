package io.sockeye.chat.terminal;

import java.util.function.LongSupplier;

/** Keeps the status on the screen: what stays until it changes, and what is over soon. */
final class Board {
    private static final long HINT_MILLIS = 8000;

    private final Screen screen;
    private final Typists typists;
    private final LongSupplier clockMillis;

    private Status status = Status.NONE;
    private Status shown = Status.NONE;
    private String hint = "";
    private long hintUntilMillis;

    Board(Screen screen, Typists typists, LongSupplier clockMillis) {
        this.screen = screen;
        this.typists = typists;
        this.clockMillis = clockMillis;
    }

    void room(String name, int people) {
        status = status.in(name, people);
        refresh();
    }

    void people(int people) {
        status = status.in(status.room(), people);
        refresh();
    }

    void connection(String state) {
        status = status.over(state);
        refresh();
    }

    /** Something that is worth a look now and nothing a little later. */
    void hint(String text) {
        hint = text;
        hintUntilMillis = clockMillis.getAsLong() + HINT_MILLIS;
        refresh();
    }

    /** Shows what is the case now, also because time has passed. */
    void refresh() {
        long nowMillis = clockMillis.getAsLong();
        String typing = typists.sentence(nowMillis);
        String passing = typing.isEmpty() && nowMillis < hintUntilMillis ? hint : typing;
        status = status.passing(passing);
        if (!status.equals(shown)) {
            shown = status;
            screen.status(status);
        }
    }
}
