package io.sockeye.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "Sockeye, aZ09-_xy.1a",
        "Redis streams, 1795745400000-17",
        "MongoDB, 65f1c0ffee65f1c0ffee65f1",
        "Node in memory, PYo9p40",
        "Node in memory when busy, PYo9p40.0"
    })
    void knowsTheOffsetsOfServers(String server, String offset) {
        long november2026 = 1_795_745_400_000L;
        var offsets = new Offsets();
        offsets.see(Json.standard().array("news", 1, yeastOf(november2026, offset)), november2026);
        assertThat(offsets.last()).as(server).isEqualTo(yeastOf(november2026, offset));
    }

    /** The time as Node writes it, where the example stands for one. */
    private static String yeastOf(long time, String offset) {
        if (!offset.startsWith("PYo9p40")) {
            return offset;
        }
        var digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
        var text = new StringBuilder();
        for (long rest = time; rest > 0; rest /= 64) {
            text.insert(0, digits.charAt((int) (rest % 64)));
        }
        return text + offset.substring(7);
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

    @Test
    void keepsToTheFormThatTheServerSendsMost() {
        var offsets = new Offsets();
        offsets.see(Json.standard().array("news", REDIS_OFFSET), 0);
        offsets.see(Json.standard().array("news", REDIS_OFFSET), 0);
        offsets.see(Json.standard().array("id", "65f1c0ffee65f1c0ffee65f1"), 0);
        assertThat(offsets.last()).isEqualTo(REDIS_OFFSET);
        offsets.reset();
        assertThat(offsets.last()).isNull();
    }

    @Test
    void writesTheWishBesideWhateverTheUserSays() {
        var json = Json.standard();
        assertThat(Wish.toComeBack("p", null, null).raw().utf8()).isEqualTo("{\"pid\":\"p\"}");
        assertThat(Wish.toComeBack("p", "o", json.value(Map.of())).raw().utf8())
                .isEqualTo("{\"pid\":\"p\",\"offset\":\"o\"}");
        assertThat(Wish.toComeBack("p", null, json.value(Map.of("n", 1))).raw().utf8())
                .isEqualTo("{\"pid\":\"p\",\"n\":1}");
    }
}
