package io.sockeye.server.internal.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.Socket;
import io.sockeye.server.annotation.OnEvent;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Handlers are looked for by reflection but called without. */
class AnnotatedReflectionTest {
    private final Walker walker = new Walker();

    private static final class Walker {
        private List<String> callers = List.of();

        @OnEvent("walk")
        @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // called by a method handle
        private int walk(Socket socket, int number) {
            callers = StackWalker.getInstance(Set.of(Option.SHOW_HIDDEN_FRAMES, Option.SHOW_REFLECT_FRAMES))
                    .walk(frames -> frames.map(StackFrame::getClassName)
                            .takeWhile(name -> !name.equals(AnnotatedCalls.class.getName()))
                            .toList());
            return number;
        }
    }

    @Test
    void noReflectionIsOnTheWayToTheMethod() throws Exception {
        var calls = new AnnotatedCalls(walker);
        calls.event("walk", "[7]");
        assertThat(calls.sent()).containsExactly(7);
        assertThat(walker.callers)
                .contains(Walker.class.getName(), MethodCall.class.getName())
                .anyMatch(name -> name.startsWith("java.lang.invoke."))
                .noneMatch(AnnotatedReflectionTest::isReflection);
    }

    @Test
    void aCallByReflectionWouldBeSeen() throws Exception {
        Walker.class.getDeclaredMethod("walk", Socket.class, int.class).invoke(walker, AnnotatedCalls.ADA, 7);
        assertThat(walker.callers).anyMatch(AnnotatedReflectionTest::isReflection);
    }

    private static boolean isReflection(String name) {
        return name.startsWith("java.lang.reflect.") || name.startsWith("jdk.internal.reflect.");
    }
}
