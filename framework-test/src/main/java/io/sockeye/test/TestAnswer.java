package io.sockeye.test;

import io.sockeye.event.Answer;
import io.sockeye.event.Args;
import io.sockeye.json.Json;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * The acknowledgement of an event that a test has sent as a client. It is there when {@link PlayedClient#ask} returns, unless a
 * handler has left it to another thread or to later.
 *
 * <pre>{@code
 * int sum = socket.ask("sum", new Numbers(1, 2)).as(Integer.class);
 * assertThatThrownBy(() -> socket.ask("sum", "many").as(Integer.class)).isInstanceOf(Rejection.class);
 * }</pre>
 */
public final class TestAnswer {
    private final PlayedConnection connection;
    private final String event;
    /** Null until it has come. */
    private volatile @Nullable Args values;

    TestAnswer(PlayedConnection connection, String event) {
        this.connection = connection;
        this.event = event;
    }

    void arrived(Args answer) {
        values = answer;
    }

    /** Whether the server has answered. */
    public boolean arrived() {
        connection.loop().settle();
        return values != null;
    }

    /**
     * Waits for an answer that other threads have to give.
     *
     * @throws AssertionError if it does not come in that time
     */
    public TestAnswer await(Duration limit) {
        if (!connection.loop().await(() -> values != null, limit)) {
            throw unanswered(" within " + limit.toMillis() + " ms");
        }
        return this;
    }

    /**
     * The first value.
     *
     * @throws io.sockeye.event.Rejection if the server has refused the request, or a handler has failed
     * @throws io.sockeye.json.JsonException if there is no value, or it is of another type
     * @throws AssertionError if the server has not answered
     */
    public <T> T as(Class<T> type) {
        return read(type);
    }

    /** The first value as a generic type; otherwise as {@link #as(Class)}. */
    public <T> T as(TypeReference<T> type) {
        return read(type.getType());
    }

    /**
     * All values as they were sent, those of a rejection too.
     *
     * @throws AssertionError if the server has not answered
     */
    public Args values() {
        if (!arrived()) {
            throw unanswered("");
        }
        return Objects.requireNonNull(values);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T read(Type type) {
        return Answer.<T>of(type, Json.standard()).read(values());
    }

    private AssertionError unanswered(String when) {
        return new AssertionError("the server has not answered '%s'%s%s"
                .formatted(event, when, connection.recorder().describeErrors()));
    }

    /** The event and the answer, if it is there. */
    @Override
    public String toString() {
        var present = values;
        return "'" + event + "' → " + (present == null ? "nothing" : ArgsText.of(present));
    }
}
