package io.sockeye.chat;

import java.util.List;

/** What a page needs to show a room right after it connected. */
public record Welcome(Person you, String room, List<Person> people, List<Message> history) {
    static Welcome of(Person you, Entered view) {
        return new Welcome(you, view.room(), view.people(), view.history());
    }
}
