package io.sockeye.chat;

import java.util.List;

/** What a page needs to show another room. */
public record Entered(String room, List<Person> people, List<Message> history) {}
