package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerCollectorTest {
    private static final Json JSON = Json.standard();

    private final List<Answers> completed = new ArrayList<>();

    @Test
    void completesAtOnceWithoutShards() {
        new AnswerCollector(0, completed::add);
        assertThat(completed).containsExactly(new Answers(List.of(), 0));
    }

    @Test
    void completesWhenNobodyIsMeant() {
        var collector = new AnswerCollector(2, completed::add);
        collector.shardDone();
        assertThat(completed).isEmpty();
        collector.shardDone();
        assertThat(completed).containsExactly(new Answers(List.of(), 0));
        assertThat(completed.get(0).complete()).isTrue();
    }

    @Test
    void waitsForAllAnswers() {
        var collector = new AnswerCollector(1, completed::add);
        collector.expectOneMore();
        collector.expectOneMore();
        collector.shardDone();
        collector.answered(JSON.array("a"));
        assertThat(completed).isEmpty();
        collector.answered(JSON.array("b"));
        assertThat(texts()).containsExactly("a", "b");
    }

    @Test
    void aQuickAnswerDoesNotCompleteBeforeAllShardsHaveAsked() {
        var collector = new AnswerCollector(2, completed::add);
        collector.expectOneMore();
        collector.shardDone();
        collector.answered(JSON.array("quick"));
        assertThat(completed).isEmpty();
        collector.expectOneMore();
        collector.shardDone();
        collector.answered(JSON.array("slow"));
        assertThat(texts()).containsExactly("quick", "slow");
    }

    @Test
    void countsThoseThatDidNotAnswer() {
        var collector = new AnswerCollector(1, completed::add);
        collector.expectOneMore();
        collector.expectOneMore();
        collector.expectOneMore();
        collector.shardDone();
        collector.timedOut();
        collector.answered(JSON.array("a"));
        collector.disconnected();
        assertThat(completed).hasSize(1);
        assertThat(completed.get(0).missing()).isEqualTo(2);
        assertThat(completed.get(0).complete()).isFalse();
        assertThat(texts()).containsExactly("a");
    }

    private List<String> texts() {
        return completed.get(0).values().stream()
                .map(args -> args.get(0, String.class))
                .toList();
    }
}
