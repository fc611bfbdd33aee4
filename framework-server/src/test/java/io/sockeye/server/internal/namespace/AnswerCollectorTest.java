package io.sockeye.server.internal.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.Peer;
import io.sockeye.server.Answers;
import io.sockeye.server.internal.handlers.Blame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AnswerCollectorTest {
    private static final Json JSON = Json.standard();

    private final List<Answers> completed = new ArrayList<>();

    private final AnswerCollector collector = new AnswerCollector(Peer.CLIENT, answers -> completed.add(answers.get()));

    @Test
    void completesAtOnceWithoutServers() {
        collector.servers(List.of());
        assertThat(completed).containsExactly(AnswerCollector.NONE);
        assertThat(completed.get(0).complete()).isTrue();
    }

    @Test
    void answersThatCannotBeReadAreTheFaultOfWhoeverAnswers() {
        for (var answering : Peer.values()) {
            var one = new AnswerCollector(answering, answers -> completed.add(answers.get()));
            one.servers(List.of("a"));
            one.asked("a", 1);
            one.answered("a", JSON.array("text"));
            var answer = completed.remove(0).values().get(0);
            var failure = catchThrowable(() -> answer.get(0, int.class));
            assertThat(Blame.isOfClient(failure)).isEqualTo(answering == Peer.CLIENT);
        }
    }

    @Test
    void completesWhenNobodyIsMeant() {
        collector.servers(List.of("a", "b"));
        collector.asked("a", 0);
        collector.asked("a", 0);
        assertThat(completed).isEmpty();
        collector.asked("b", 0);
        assertThat(completed).containsExactly(AnswerCollector.NONE);
    }

    @Test
    void waitsForAllAnswers() {
        collector.servers(List.of("a"));
        collector.asked("a", 2);
        collector.answered("a", JSON.array("a"));
        assertThat(completed).isEmpty();
        collector.answered("a", JSON.array("b"));
        assertThat(texts()).containsExactly("a", "b");
    }

    @Test
    void aQuickAnswerDoesNotCompleteBeforeAllServersHaveAsked() {
        collector.answered("a", JSON.array("quick"));
        collector.asked("a", 1);
        collector.servers(List.of("a", "b"));
        assertThat(completed).isEmpty();
        collector.asked("b", 1);
        collector.answered("b", JSON.array("slow"));
        assertThat(texts()).containsExactly("quick", "slow");
    }

    @Test
    void countsThoseThatDidNotAnswer() {
        collector.servers(List.of("a"));
        collector.asked("a", 3);
        collector.lost("a");
        collector.answered("a", JSON.array("a"));
        collector.lost("a");
        assertThat(completed).hasSize(1);
        assertThat(completed.get(0).missing()).isEqualTo(2);
        assertThat(completed.get(0).complete()).isFalse();
        assertThat(texts()).containsExactly("a");
    }

    @Test
    void afterTheTimeItHasWhatCame() {
        collector.servers(List.of("a", "b", ""));
        collector.asked("a", 2);
        collector.answered("a", JSON.array("a"));
        collector.expire();
        collector.answered("a", JSON.array("late"));
        collector.expire();
        assertThat(completed).hasSize(1);
        assertThat(texts()).containsExactly("a");
        assertThat(completed.get(0).missing()).isEqualTo(1);
        assertThat(completed.get(0).silentServers()).isEqualTo(2);
        assertThat(completed.get(0).silentNames()).containsExactly("b");
        assertThat(completed.get(0).complete()).isFalse();
    }

    @Test
    void answersAreNotCompleteWhenNobodyKnowsHowManyServersThereAre() {
        collector.serversUnknown();
        collector.asked("a", 1);
        collector.answered("a", JSON.array("a"));
        assertThat(texts()).containsExactly("a");
        assertThat(completed.get(0).silentServers()).isEqualTo(1);
        assertThat(completed.get(0).complete()).isFalse();
    }

    @Test
    void answersAreNotCompleteWhenTheTimeIsOverBeforeTheServersWereCounted() {
        collector.asked("a", 1);
        collector.answered("a", JSON.array("a"));
        collector.expire();
        assertThat(completed.get(0).complete()).isFalse();
    }

    @Test
    void waitsForNoServerThatHasLeft() {
        collector.servers(List.of("a", "b", "c"));
        collector.asked("a", 2);
        collector.asked("b", 1);
        collector.answered("a", JSON.array("a"));
        collector.answered("b", JSON.array("b"));
        collector.gone("a");
        assertThat(completed).isEmpty();
        collector.gone("c");
        assertThat(texts()).containsExactly("a", "b");
        assertThat(completed.get(0).missing()).isEqualTo(1);
        assertThat(completed.get(0).silentNames()).containsExactly("c");
        assertThat(completed.get(0).silentServers()).isEqualTo(1);
    }

    @Test
    void serversWithoutANameAreCounted() {
        collector.asked("known", 0);
        collector.servers(List.of("a", "", ""));
        collector.asked("a", 0);
        assertThat(completed).isEmpty();
        collector.asked("", 1);
        assertThat(completed).isEmpty();
        collector.answered("", JSON.array("x"));
        assertThat(completed.get(0).complete()).isTrue();
    }

    @Test
    void readsNothingWhereTheLastAnswerArrives() {
        var later = new ArrayList<Supplier<Answers>>();
        var lazy = new AnswerCollector(Peer.CLIENT, later::add);
        lazy.servers(List.of("a"));
        lazy.asked("a", 1);
        lazy.answered("a", JSON.readArray(Bytes.ofUtf8("[{\"error\":{\"message\":\"taken\"}}]"), 0));
        lazy.answered("a", JSON.array("late"));

        assertThat(later).hasSize(1);
        assertThat(later.get(0).get().rejections()).hasSize(1);
        assertThat(later.get(0).get().values()).isEmpty();
    }

    private List<String> texts() {
        return completed.get(0).values().stream()
                .map(args -> args.get(0, String.class))
                .toList();
    }
}
