package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.event.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class TypedEventsIT {
    private static final Event<List<Line>> LINES = Event.of("lines", new TypeReference<>() {});

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    record Line(String firstWord, Bytes data) {}

    @Test
    void genericTypesAndBinaryValuesGoBothWaysByTheUsersMapper() throws Exception {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        var server = servers.start(builder -> builder.json(mapper));
        server.on(LINES.name(), Handling.request(LINES, (socket, lines) -> lines.get(1)));
        try (var client = WebSocketClient.join(server)) {
            client.send("452-1[\"lines\",[{\"first_word\":\"a\",\"data\":{\"_placeholder\":true,\"num\":0}},"
                    + "{\"first_word\":\"b\",\"data\":{\"_placeholder\":true,\"num\":1}}]]");
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, new byte[] {1, 2});
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, new byte[] {3, 4});
            assertThat(client.next())
                    .isEqualTo("461-1[{\"first_word\":\"b\",\"data\":{\"_placeholder\":true,\"num\":0}}]");
            assertThat(client.next()).isEqualTo("binary 0304");
        }
    }
}
