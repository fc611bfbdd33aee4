package io.sockeye.chat;

import io.sockeye.event.Event;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/** The events of the chat by name, and what each carries: said once for the server and for its clients in Java. */
public final class ChatEvents {
    // From a guest. A request is answered by what its line says, or by a Rejection.

    /** Answered by {@link Entered}. */
    public static final Event<String> ENTER = Event.of("enter", String.class);
    /** For a guest whose connection broke before an answer came: answers are not recovered. Answered by {@link Entered}. */
    public static final Event<Void> LOOK = Event.of("look");
    /** Answered by a {@link Receipt}. */
    public static final Event<String> SAY = Event.of("say", String.class);
    /** Answered by a {@link Receipt}. */
    public static final Event<Picture> PICTURE = Event.of("picture", Picture.class);
    /** Answered by a {@link Receipt}. */
    public static final Event<Whisper> WHISPER = Event.of("whisper", Whisper.class);
    /** The message with this id is on the guest's screen. Not answered. */
    public static final Event<String> RECEIVED = Event.of("received", String.class);
    /** Not answered. */
    public static final Event<Boolean> TYPING = Event.of("typing", Boolean.class);

    // To a guest.

    /** The first one on every connection, unless it was recovered. */
    public static final Event<Welcome> WELCOME = Event.of("welcome", Welcome.class);
    /** Who is in the room now. */
    public static final Event<List<Person>> PEOPLE = Event.of("people", new TypeReference<>() {});
    /** Whoever shows the message answers with {@link #RECEIVED}. */
    public static final Event<Message> MESSAGE = Event.of("message", Message.class);
    /** How far a message of one's own has come; once for each page that shows it. */
    public static final Event<Delivered> DELIVERED = Event.of("delivered", Delivered.class);
    /** What another guest does; has its name from {@link #TYPING}. */
    public static final Event<Typing> SOMEBODY_TYPES = Event.of("typing", Typing.class);

    private ChatEvents() {}
}
