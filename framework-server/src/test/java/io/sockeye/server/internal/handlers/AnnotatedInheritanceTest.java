package io.sockeye.server.internal.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.Line;
import io.sockeye.server.Socket;
import io.sockeye.server.annotation.OnConnect;
import io.sockeye.server.annotation.OnEvent;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each annotated method counts once, however often it is overridden. */
class AnnotatedInheritanceTest {
    record Line(String author) {}

    interface Greets {
        @OnEvent("greet")
        default String greet(String name) {
            return "hello " + name;
        }
    }

    interface GreetsPolitely extends Greets {
        @Override
        @OnEvent("salute")
        default String greet(String name) {
            return "good evening " + name;
        }
    }

    abstract static class Base<T> {
        final List<String> seen = new ArrayList<>();

        @OnConnect
        void arrived() {
            seen.add("base arrived");
        }

        @OnEvent("take")
        abstract void take(Socket socket, T value, List<? extends T> more);

        @OnEvent("array")
        int count(T[] values) {
            return values.length;
        }

        @OnEvent("lists")
        String firstOfEach(List<T>[] lists) {
            var firsts = new ArrayList<T>();
            for (List<T> list : lists) {
                firsts.add(list.get(0));
            }
            return firsts.toString();
        }

        @OnEvent("secret")
        @SuppressWarnings("UnusedMethod")
        private String secret() {
            return "base";
        }
    }

    abstract static class Middle<E> extends Base<E> {}

    static final class Leaf extends Middle<Line> implements Greets, GreetsPolitely {
        @Override
        void arrived() {
            seen.add("leaf arrived");
        }

        @Override
        @OnEvent("accept")
        void take(Socket socket, Line value, List<? extends Line> more) {
            seen.add(value.author() + more.get(0).author());
        }

        @OnEvent("own secret")
        @SuppressWarnings("UnusedMethod")
        private String secret() {
            return "leaf";
        }
    }

    private final Leaf leaf = new Leaf();
    private final AnnotatedCalls calls = new AnnotatedCalls(leaf);

    @Test
    void anInheritedAnnotationCountsForTheOverridingMethod() throws Exception {
        calls.connect();
        assertThat(leaf.seen).containsExactly("leaf arrived");
    }

    @Test
    void theNearestAnnotationCountsAlsoWhereTypeParametersAreFilledIn() throws Exception {
        calls.event("take", "[{\"author\":\"a\"},[{\"author\":\"b\"}]]");
        assertThat(leaf.seen).isEmpty();
        calls.event("accept", "[{\"author\":\"a\"},[{\"author\":\"b\"}]]");
        assertThat(leaf.seen).containsExactly("ab");
    }

    @Test
    void theNearestInterfaceCounts() throws Exception {
        calls.event("greet", "[\"bob\"]");
        assertThat(calls.sent()).isEmpty();
        calls.event("salute", "[\"bob\"]");
        assertThat(calls.sent()).containsExactly("good evening bob");
    }

    @Test
    void typeVariablesOfASupertypeStandForWhatTheSubtypeSays() throws Exception {
        calls.event("array", "[[{\"author\":\"a\"},{\"author\":\"b\"}]]");
        calls.event("lists", "[[[{\"author\":\"a\"}],[{\"author\":\"b\"}]]]");
        assertThat(calls.sent()).containsExactly(2, "[Line[author=a], Line[author=b]]");
    }

    @Test
    void privateMethodsOfOneNameAreTwo() throws Exception {
        calls.event("secret", "[]");
        calls.event("own secret", "[]");
        assertThat(calls.sent()).containsExactly("base", "leaf");
    }

    @Test
    void aProxyHasTheAnnotationsOfItsInterface() throws Exception {
        var proxy = Proxy.newProxyInstance(
                Greets.class.getClassLoader(), new Class<?>[] {Greets.class}, (self, method, values) -> "from a proxy");
        var proxied = new AnnotatedCalls(proxy);
        proxied.event("greet", "[\"bob\"]");
        assertThat(proxied.sent()).containsExactly("from a proxy");
    }

    @Test
    void methodsComeInTheOrderOfTheirNames() {
        assertThat(calls.handlers().events())
                .extracting(AnnotatedHandlers.Registration::event)
                .containsExactly("array", "lists", "salute", "secret", "own secret", "accept");
    }
}
