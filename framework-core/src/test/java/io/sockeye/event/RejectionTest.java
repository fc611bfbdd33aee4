package io.sockeye.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

class RejectionTest {
    private static final Json JSON = Json.standard();

    private static Args answer(String text) {
        return new Args(JSON.readArray(Bytes.ofUtf8(text), List.of()), Ack.NONE);
    }

    @Test
    void isAnObjectThatJavaScriptCanAskForItsError() {
        assertThat(new Rejection("taken", Map.of("try", "Ada2"))
                        .toValue(JSON)
                        .raw()
                        .utf8())
                .isEqualTo("{\"error\":{\"message\":\"taken\",\"data\":{\"try\":\"Ada2\"}}}");
        assertThat(new Rejection("no \"room\"").toValue(JSON).raw().utf8())
                .isEqualTo("{\"error\":{\"message\":\"no \\\"room\\\"\"}}");
    }

    @Test
    void keepsItsFormWhateverTheMapperOfTheUserDoes() {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .build();
        record Hint(String tryThis) {}

        assertThat(new Rejection("taken", new Hint("Ada2"))
                        .toValue(Json.of(mapper))
                        .raw()
                        .utf8())
                .isEqualTo("{\"error\":{\"message\":\"taken\",\"data\":{\"TryThis\":\"Ada2\"}}}");
    }

    @Test
    void isWrittenInItsFormWhereverAValueMayBe() {
        assertThat(JSON.array(new Rejection("taken")).raw().utf8()).isEqualTo("[{\"error\":{\"message\":\"taken\"}}]");
        assertThat(JSON.array(new Rejection("taken", Map.of("try", "Ada2")))
                        .raw()
                        .utf8())
                .isEqualTo("[{\"error\":{\"message\":\"taken\",\"data\":{\"try\":\"Ada2\"}}}]");
        assertThat(JSON.array(new Rejection("taken", JSON.array(1, 2).value(1)))
                        .raw()
                        .utf8())
                .isEqualTo("[{\"error\":{\"message\":\"taken\",\"data\":2}}]");
        assertThat(JSON.array(new Rejection("taken", new byte[] {1})).attachments())
                .containsExactly(Bytes.wrap(new byte[] {1}));
    }

    @Test
    void isWrittenInItsFormByAMapperThatNamesTypes() {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .activateDefaultTyping(
                        BasicPolymorphicTypeValidator.builder()
                                .allowIfBaseType(Object.class)
                                .build(),
                        DefaultTyping.NON_FINAL)
                .build();

        assertThat(Json.of(mapper).array(new Rejection("taken", "soon")).raw().utf8())
                .isEqualTo("[{\"error\":{\"message\":\"taken\",\"data\":\"soon\"}}]");
    }

    @Test
    void namesMayBeEscaped() {
        assertThat(Rejection.in(answer("[{\"\\u0065rror\":{\"mess\\u0061ge\":\"taken\"}}]")))
                .isPresent();
    }

    @Test
    void carriesBinaryDataAsAttachments() {
        JsonArray sent = JSON.array(new Rejection("taken", List.of(new byte[] {1, 2})).toValue(JSON));

        assertThat(sent.attachments()).containsExactly(Bytes.wrap(new byte[] {1, 2}));
        var received = JSON.readArray(sent.raw(), sent.attachments());
        var rejection = Rejection.in(new Args(received, Ack.NONE)).orElseThrow();
        assertThat(rejection.data(new TypeReference<List<byte[]>>() {}).orElseThrow())
                .containsExactly(new byte[] {1, 2});
    }

    @Test
    void isReadFromAnAnswerOfItsForm() {
        var rejection = Rejection.in(answer("[ { \"error\" : {\"message\":\"taken\",\"data\":{\"try\":\"Ada2\"}}}]"))
                .orElseThrow();

        assertThat(rejection).hasMessage("taken");
        assertThat(rejection.data()).containsInstanceOf(JsonValue.class);
        assertThat(rejection.data(new TypeReference<Map<String, String>>() {})).contains(Map.of("try", "Ada2"));
        assertThatThrownBy(() -> rejection.data(int.class)).isInstanceOf(JsonException.class);
        assertThat(Rejection.in(answer("[{\"error\":{\"data\":null,\"message\":\"\"}}]"))
                        .orElseThrow()
                        .data())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[null]",
                "[\"error\"]",
                "[{}]",
                "[{\"error\":null}]",
                "[{\"error\":\"taken\"}]",
                "[{\"error\":{}}]",
                "[{\"error\":{\"message\":1}}]",
                "[{\"error\":{\"message\":\"taken\",\"code\":1}}]",
                "[{\"error\":{\"message\":\"taken\"},\"at\":1}]",
                "[{\"error\":{\"message\":\"taken\"}},1]",
                "[{\"errors\":{\"message\":\"taken\"}}]",
                "[{\"at\":1,\"error\":{\"message\":\"taken\"}}]"
            })
    void isNotSeenInUsualAnswers(String text) {
        assertThat(Rejection.in(answer(text))).isEmpty();
    }

    @Test
    void handsOnTheDataThatItWasThrownWith() {
        assertThat(new Rejection("taken", 3).data(Integer.class)).contains(3);
        assertThat(new Rejection("taken").data(Integer.class)).isEmpty();
    }
}
