package io.sockeye.chat.terminal;

import io.sockeye.chat.Person;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who is in the room. Two people may share a name: then a piece of the id tells them apart, as on the page. */
final class Roster {
    private static final int TAG_LENGTH = 4;

    /** The ids that I have had: after a break, the room may still know me by an old one. */
    private final Set<String> mine = new HashSet<>();

    /** The ids of all who were in the room while I am there: who comes back after a break has the same. */
    private final Set<String> known = new HashSet<>();

    private List<Person> present = List.of();

    /** A whisper, once it is known where the name ends. */
    record Addressed(Person to, String text) {}

    /** Notes as whom the server knows me from now on. */
    void recognize(Person me) {
        mine.add(me.id());
    }

    /** Looks around in a room just entered. */
    void enter(List<Person> people) {
        known.clear();
        remember(people);
    }

    /** Looks again, and says who came and who left. */
    List<String> update(List<Person> people) {
        var news = new ArrayList<String>();
        people.stream().filter(person -> isNew(person, present)).forEach(person -> news.add(arrival(person)));
        present.stream().filter(person -> isNew(person, people)).forEach(person -> news.add(person.name() + " left"));
        remember(people);
        return news;
    }

    private void remember(List<Person> people) {
        present = List.copyOf(people);
        people.forEach(person -> known.add(person.id()));
    }

    private String arrival(Person person) {
        return person.name() + (known.contains(person.id()) ? " is back" : " came");
    }

    private boolean isNew(Person person, List<Person> known) {
        return !isMe(person) && known.stream().noneMatch(other -> other.id().equals(person.id()));
    }

    boolean isMe(Person person) {
        return mine.contains(person.id());
    }

    int size() {
        return present.size();
    }

    /** Everybody, for reading. */
    String everybody() {
        return String.join(", ", present.stream().map(this::nameForReading).toList());
    }

    private String nameForReading(Person person) {
        return label(person) + (isMe(person) ? " (you)" : "");
    }

    /** Those who can be whispered to. */
    List<String> others() {
        return present.stream().filter(person -> !isMe(person)).map(this::label).toList();
    }

    private String label(Person person) {
        boolean shared = present.stream()
                .anyMatch(
                        other -> !other.id().equals(person.id()) && other.name().equals(person.name()));
        return shared ? person.name() + "#" + person.id().substring(0, TAG_LENGTH) : person.name();
    }

    /**
     * Takes the longest name of somebody present off the beginning, for names may have spaces.
     *
     * @throws Refused if there is none
     */
    Addressed address(String nameAndText) {
        var to = present.stream()
                .filter(person -> !isMe(person) && startsWith(nameAndText, label(person)))
                .max(Comparator.comparingInt(person -> label(person).length()))
                .orElseThrow(() -> new Refused("Nobody here has such a name. " + whoIsThere()));
        String text = nameAndText.substring(label(to).length()).strip();
        if (text.isEmpty()) {
            throw new Refused("Whisper what? /whisper " + label(to) + " TEXT");
        }
        return new Addressed(to, text);
    }

    private static boolean startsWith(String text, String name) {
        return text.regionMatches(true, 0, name, 0, name.length())
                && (text.length() == name.length() || Character.isWhitespace(text.charAt(name.length())));
    }

    private String whoIsThere() {
        var others = others();
        return others.isEmpty() ? "You are alone." : "There are: " + String.join(", ", others) + ".";
    }
}
