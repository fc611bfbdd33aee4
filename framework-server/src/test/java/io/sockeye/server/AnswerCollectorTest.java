package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerCollectorTest {
    private static final Json JSON = Json.standard();

    private final List<Answers> completed = new ArrayList<>();

    private final AnswerCollector collector = new AnswerCollector(completed::add);

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

    private List<String> texts() {
        return completed.get(0).values().stream()
                .map(args -> args.get(0, String.class))
                .toList();
    }
}
