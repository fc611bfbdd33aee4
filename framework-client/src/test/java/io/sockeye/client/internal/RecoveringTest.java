package io.sockeye.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveringTest {
    private static final String REDIS_OFFSET = "1795745400000-0";

    private static ClientUnderTest connected() {
        var test = new ClientUnderTest(builder -> builder.auth(Map.of("token", "x")));
        test.client.connect();
        test.loop.run();
        return test.answer("40{\"sid\":\"me\",\"pid\":\"secret\"}");
    }

    private static void comeBack(ClientUnderTest test) {
        test.wire().breakDown();
        test.loop.pass(1_000);
        test.receive(ClientUnderTest.OPEN);
    }

    @Test
    void asksForWhatItMissed() {
        var test = connected();
        test.receive("42[\"news\",1,\"" + REDIS_OFFSET + "\"]");
        comeBack(test);
        assertThat(test.sent())
                .containsExactly("40{\"pid\":\"secret\",\"offset\":\"" + REDIS_OFFSET + "\",\"token\":\"x\"}");
        test.heard();
        test.receive("42[\"missed\",\"1795745400000-1\"]", "40{\"sid\":\"me\",\"pid\":\"secret\"}");
        assertThat(test.client.recovered()).isTrue();
        assertThat(test.heard()).containsExactly("connect", "missed[\"1795745400000-1\"]");
    }

    @Test
    void startsAnewWhereTheServerDoesNotKnowItAnyMore() {
        var test = connected();
        test.receive("42[\"news\",1,\"" + REDIS_OFFSET + "\"]");
        comeBack(test);
        test.receive("40{\"sid\":\"other\",\"pid\":\"fresh\"}");
        assertThat(test.client.recovered()).isFalse();
        test.sent();
        comeBack(test);
        assertThat(test.sent()).containsExactly("40{\"pid\":\"fresh\",\"token\":\"x\"}");
    }

    @Test
    void takesNoOffsetFromServersWithoutRecovery() {
        var test = new ClientUnderTest().connect();
        test.receive("42[\"news\",\"" + REDIS_OFFSET + "\"]");
        comeBack(test);
        assertThat(test.sent()).containsExactly("40");
    }

    @Test
    void takesNoOffsetFromEventsThatWantAnAcknowledgement() {
        var test = connected();
        test.receive("427[\"ask\",\"" + REDIS_OFFSET + "\"]");
        comeBack(test);
        assertThat(test.sent()).containsExactly("40{\"pid\":\"secret\",\"token\":\"x\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "message", "Goodbye", "0000000", "zzzzzzz", "2026-11-27", "1-1", "deadbeef", ""})
    void isNotPoisonedByTextOfTheApplication(String text) {
        var test = connected();
        test.receive(
                "42[\"news\",\"" + REDIS_OFFSET + "\"]", "42[\"volatile\",\"" + text + "\"]", "42[\"" + text + "\"]");
        comeBack(test);
        assertThat(test.sent())
                .containsExactly("40{\"pid\":\"secret\",\"offset\":\"" + REDIS_OFFSET + "\",\"token\":\"x\"}");
    }

    @Test
    void isNotMisledForLongByAnEventWithoutOffsetThatComesFirst() {
        var test = connected();
        test.receive(
                "42[\"volatile\",\"document.txt\"]",
                "42[\"news\",\"1795745400000-7\"]",
                "42[\"news\",\"1795745400000-8\"]");
        comeBack(test);
        assertThat(test.sent())
                .containsExactly("40{\"pid\":\"secret\",\"offset\":\"1795745400000-8\",\"token\":\"x\"}");
    }
}
