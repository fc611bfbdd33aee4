package io.sockeye.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What handlers saw, in order. Any thread; waits at most ten seconds. */
public final class Notes {
    private final LinkedBlockingQueue<String> notes = new LinkedBlockingQueue<>();

    public void add(String note) {
        notes.add(note);
    }

    public String next() throws InterruptedException {
        var note = notes.poll(10, TimeUnit.SECONDS);
        if (note == null) {
            throw new AssertionError("nothing happened");
        }
        return note;
    }

    public List<String> next(int count) throws InterruptedException {
        var list = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            list.add(next());
        }
        return list;
    }

    boolean isEmpty() {
        return notes.isEmpty();
    }
}
