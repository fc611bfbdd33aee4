package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sockeye.event.Args;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** The protocol's own JSON is the same whatever the user's mapper does. */
@Timeout(60)
class UsersMapperIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    record Line(String firstWord, String author) {}

    private enum Odd {
        DEFAULT_TYPING,
        ROOT_WRAPPING,
        NOTHING_EMPTY,
        UPPER_CASE_NAMES,
        SHOUTED_TEXT,
        TYPED_FINAL_CLASSES,
        NUMBERS_AS_TEXT;

        private JsonMapper mapper() {
            var builder = JsonMapper.builder();
            var anything = BasicPolymorphicTypeValidator.builder()
                    .allowIfBaseType(Object.class)
                    .build();
            return switch (this) {
                case DEFAULT_TYPING ->
                    builder.activateDefaultTyping(anything, DefaultTyping.NON_FINAL)
                            .build();
                case TYPED_FINAL_CLASSES ->
                    builder.activateDefaultTyping(anything, DefaultTyping.NON_FINAL_AND_ENUMS)
                            .build();
                case ROOT_WRAPPING ->
                    builder.enable(SerializationFeature.WRAP_ROOT_VALUE)
                            .enable(DeserializationFeature.UNWRAP_ROOT_VALUE)
                            .build();
                case NOTHING_EMPTY ->
                    builder.changeDefaultPropertyInclusion(
                                    usual -> usual.withValueInclusion(JsonInclude.Include.NON_DEFAULT)
                                            .withContentInclusion(JsonInclude.Include.NON_EMPTY))
                            .build();
                case UPPER_CASE_NAMES ->
                    builder.propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build();
                case SHOUTED_TEXT ->
                    builder.addModule(new SimpleModule().addSerializer(String.class, new Shouting()))
                            .build();
                case NUMBERS_AS_TEXT ->
                    builder.enable(JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS).build();
            };
        }
    }

    private static final class Shouting extends StdSerializer<String> {
        Shouting() {
            super(String.class);
        }

        @Override
        public void serialize(String value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(value + "!");
        }
    }

    private SocketServer start(Odd odd) {
        return servers.start(builder -> builder.json(odd.mapper())
                .connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1))));
    }

    @ParameterizedTest
    @EnumSource
    void clientsJoinAreRefusedAndComeBack(Odd odd) throws Exception {
        var server = start(odd);
        server.of("/closed").use(context -> {
            throw new ConnectionRefused("go away");
        });
        server.of("/broken").use(context -> {
            throw new IllegalStateException("broken");
        });
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            assertThat(client.next()).matches("40\\{\"sid\":\"[^\"]+\",\"pid\":\"[^\"]+\"}");
            client.send("40/closed,");
            assertThat(client.next()).isEqualTo("44/closed,{\"message\":\"go away\"}");
            client.send("40/broken,");
            assertThat(client.next()).isEqualTo("44/broken,{\"message\":\"connection refused\"}");
            client.send("40/none,");
            assertThat(client.next()).isEqualTo("44/none,{\"message\":\"Invalid namespace\"}");
        }
        var guest = Guest.join(server, false);
        server.emit("first");
        assertThat(guest.hear()).isEqualTo("\"first\"");
        guest.goAway();
        server.emit("second");
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(again.hear()).isEqualTo("\"second\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventsNameIsNoValue(Odd odd) throws Exception {
        var server = start(odd);
        try (var client = WebSocketClient.join(server)) {
            var answers = server.request("name");
            String packet = client.next();
            assertThat(packet).matches("42\\d+\\[\"name\"]");
            client.send("43" + packet.replaceAll("\\D", "").substring(2) + "[]");
            assertThat(answers.get(10, TimeUnit.SECONDS).values()).hasSize(1);
        }
    }

    /** What the user says is written by the user's mapper, within a form that is not. */
    @ParameterizedTest
    @EnumSource(names = {"UPPER_CASE_NAMES", "SHOUTED_TEXT", "ROOT_WRAPPING", "NUMBERS_AS_TEXT"})
    void theDataOfARefusalIsTheUsers(Odd odd) throws Exception {
        var server = start(odd);
        server.use(context -> {
            throw new ConnectionRefused("go away", new Line("Hi", "ada"));
        });
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            String data = switch (odd) {
                case UPPER_CASE_NAMES -> "{\"FirstWord\":\"Hi\",\"Author\":\"ada\"}";
                case SHOUTED_TEXT -> "{\"firstWord\":\"Hi!\",\"author\":\"ada!\"}";
                default -> "{\"firstWord\":\"Hi\",\"author\":\"ada\"}";
            };
            assertThat(client.next().replaceAll("\\s+(?![a])", ""))
                    .isEqualTo("44{\"message\":\"go away\",\"data\":" + data + "}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void oldClientsAreToldInTheirWay(Odd odd) throws Exception {
        var server = servers.start(builder -> builder.json(odd.mapper()).allowEIO3(true));
        var token = new LinkedBlockingQueue<String>();
        server.of("/closed").use(context -> {
            token.add(Objects.requireNonNull(context.handshake().auth().fields().get("token"))
                    .raw()
                    .utf8());
            throw new ConnectionRefused("go away");
        });
        try (var client = WebSocketClient.openRevision3(server, "")) {
            client.send("40/closed?token=abc,");
            assertThat(client.next()).isEqualTo("44/closed,\"go away\"");
            assertThat(token.poll(10, TimeUnit.SECONDS)).isEqualTo("\"abc\"");
            client.send("40/none,");
            assertThat(client.next()).isEqualTo("44/none,{\"message\":\"Invalid namespace\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatArrivedGoesOutAsItWas(Odd odd) throws Exception {
        var server = start(odd);
        server.on("echo", (socket, args) -> args.ack(args.values().toArray()));
        server.on("fields", (socket, args) -> args.ack(args.value(0).fields().get("a"), args(args)));
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"echo\",{\"a\":[1,\"x\"]},null]");
            assertThat(client.next()).isEqualTo("431[{\"a\":[1,\"x\"]},null]");
            client.send("422[\"fields\",{\"a\":[1,\"x\"]},2]");
            assertThat(client.next()).isEqualTo("432[[1,\"x\"],2]");
        }
    }

    private static Object args(Args args) {
        return args.value(1);
    }
}
