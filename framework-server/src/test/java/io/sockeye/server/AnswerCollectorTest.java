package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AnswerCollectorTest {
    private static final Json JSON = Json.standard();

    private final List<Answers> completed = new ArrayList<>();

    private final AnswerCollector collector = new AnswerCollector(answers -> completed.add(answers.get()));

    @Test
    void completesAtOnceWithoutServers() {
        collector.servers(0);
        assertThat(completed).containsExactly(Answers.NONE);
        assertThat(completed.get(0).complete()).isTrue();
    }

    @Test
    void completesWhenNobodyIsMeant() {
        collector.servers(2);
        collector.asked(0);
        assertThat(completed).isEmpty();
        collector.asked(0);
        assertThat(completed).containsExactly(Answers.NONE);
    }

    @Test
    void waitsForAllAnswers() {
        collector.servers(1);
        collector.asked(2);
        collector.answered(JSON.array("a"));
        assertThat(completed).isEmpty();
        collector.answered(JSON.array("b"));
        assertThat(texts()).containsExactly("a", "b");
    }

    @Test
    void aQuickAnswerDoesNotCompleteBeforeAllServersHaveAsked() {
        collector.answered(JSON.array("quick"));
        collector.asked(1);
        collector.servers(2);
        assertThat(completed).isEmpty();
        collector.asked(1);
        collector.answered(JSON.array("slow"));
        assertThat(texts()).containsExactly("quick", "slow");
    }

    @Test
    void countsThoseThatDidNotAnswer() {
        collector.servers(1);
        collector.asked(3);
        collector.lost();
        collector.answered(JSON.array("a"));
        collector.lost();
        assertThat(completed).hasSize(1);
        assertThat(completed.get(0).missing()).isEqualTo(2);
        assertThat(completed.get(0).complete()).isFalse();
        assertThat(texts()).containsExactly("a");
    }

    @Test
    void afterTheTimeItHasWhatCame() {
        collector.servers(3);
        collector.asked(2);
        collector.answered(JSON.array("a"));
        collector.expire();
        collector.answered(JSON.array("late"));
        collector.expire();
        assertThat(completed).hasSize(1);
        assertThat(texts()).containsExactly("a");
        assertThat(completed.get(0).missing()).isEqualTo(1);
        assertThat(completed.get(0).silentServers()).isEqualTo(2);
        assertThat(completed.get(0).complete()).isFalse();
    }

    @Test
    void answersAreNotCompleteWhenNobodyKnowsHowManyServersThereAre() {
        collector.serversUnknown();
        collector.asked(1);
        collector.answered(JSON.array("a"));
        assertThat(texts()).containsExactly("a");
        assertThat(completed.get(0).silentServers()).isEqualTo(1);
        assertThat(completed.get(0).complete()).isFalse();
    }

    @Test
    void answersAreNotCompleteWhenTheTimeIsOverBeforeTheServersWereCounted() {
        collector.asked(1);
        collector.answered(JSON.array("a"));
        collector.expire();
        assertThat(completed.get(0).complete()).isFalse();
    }

    @Test
    void readsNothingWhereTheLastAnswerArrives() {
        var later = new ArrayList<Supplier<Answers>>();
        var lazy = new AnswerCollector(later::add);
        lazy.servers(1);
        lazy.asked(1);
        lazy.answered(JSON.readArray(Bytes.ofUtf8("[{\"error\":{\"message\":\"taken\"}}]"), 0));
        lazy.answered(JSON.array("late"));

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
