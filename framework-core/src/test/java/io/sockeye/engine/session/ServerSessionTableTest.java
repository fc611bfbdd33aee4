package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Limits;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each state of a server's session with each input, at time 10: what is written, and what the owner is told. */
class ServerSessionTableTest {
    private static final EngineSettings SETTINGS =
            new EngineSettings(300, 200, 1_000, 500, new Limits(1_000, 100, 1_000));

    private final List<String> out = new ArrayList<>();
    private final SessionRecorder recorder = new SessionRecorder(out);
    private final FakeTransport polling = new FakeTransport(TransportKind.POLLING, out);
    private final FakeTransport socket = new FakeTransport(TransportKind.WEBSOCKET, out);
    private final ServerSession session = new ServerSession("S1", SETTINGS, polling, recorder, 0);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            polling   | polling 0         |
            polling   | polling 1         | polling 6; polling closed; closed: transport close
            polling   | polling 2         | fault: invalid heartbeat direction; polling 1; polling closed; closed: transport error
            polling   | polling 2probe    | fault: invalid heartbeat direction; polling 1; polling closed; closed: transport error
            polling   | polling 3         |
            polling   | polling 4a        | message a
            polling   | polling bYQ==     | binary a
            polling   | polling 5         |
            polling   | polling 6         |
            polling   | polling 7         | fault: packet type 0x37; polling 1; polling closed; closed: parse error
            polling   | polling ""        | fault: empty packet; polling 1; polling closed; closed: parse error
            polling   | websocket 4a      |
            polling   | websocket 7       |
            polling   | lost polling      | polling 1; polling closed; closed: transport error
            polling   | lost websocket    |
            polling   | ready             |
            polling   | probe             |
            polling   | send b            | polling 4b
            polling   | send b, close     | polling 4b
            polling   | close             | polling 1; polling closed; closed: forced close
            polling   | abort             | polling 1; polling closed; closed: server shutting down
            idle      | polling 1         | polling closed; closed: transport close
            idle      | polling 2         | fault: invalid heartbeat direction; polling closed; closed: transport error
            idle      | polling 7         | fault: packet type 0x37; polling closed; closed: parse error
            idle      | lost polling      | polling closed; closed: transport error
            idle      | send b            |
            idle      | send b, ready     | polling 4b
            idle      | close             |
            idle      | close, ready      | polling 1; polling closed; closed: forced close
            idle      | abort             | polling closed; closed: server shutting down
            probing   | websocket 0       | websocket closed
            probing   | websocket 1       | websocket closed
            probing   | websocket 2       | websocket closed
            probing   | websocket 2prob   | websocket closed
            probing   | websocket 2probe  | websocket 3probe; polling 6
            probing   | websocket 3probe  | websocket closed
            probing   | websocket 4a      | websocket closed
            probing   | websocket bYQ==   | websocket closed
            probing   | websocket 5       | polling closed; upgraded to websocket
            probing   | websocket 6       | websocket closed
            probing   | websocket 7       | fault: packet type 0x37; websocket closed
            probing   | websocket ""      | fault: empty packet; websocket closed
            probing   | polling 4a        | message a
            probing   | polling 2         | fault: invalid heartbeat direction; polling 1; polling closed; websocket closed; closed: transport error
            probing   | lost websocket    |
            probing   | lost polling      | polling 1; polling closed; websocket closed; closed: transport error
            probing   | probe             | second closed
            probing   | send b            | polling 4b
            probing   | send b, close     | polling 4b
            probing   | close             | polling 1; polling closed; websocket closed; closed: forced close
            probing   | abort             | polling 1; polling closed; websocket closed; closed: server shutting down
            probed    | websocket 2probe  | websocket 3probe; polling 6
            probed    | websocket 4a      | websocket closed
            probed    | websocket 5       | polling closed; upgraded to websocket
            probed    | polling 4a        | message a
            probed    | send b            | polling 4b
            upgraded  | websocket 0       |
            upgraded  | websocket 1       | websocket closed; closed: transport close
            upgraded  | websocket 2       | fault: invalid heartbeat direction; websocket closed; closed: transport error
            upgraded  | websocket 2probe  | fault: invalid heartbeat direction; websocket closed; closed: transport error
            upgraded  | websocket 3       |
            upgraded  | websocket 4a      | message a
            upgraded  | websocket 5       |
            upgraded  | websocket 6       |
            upgraded  | websocket 7       | fault: packet type 0x37; websocket closed; closed: parse error
            upgraded  | polling 4a        |
            upgraded  | polling 7         |
            upgraded  | lost polling      |
            upgraded  | lost websocket    | websocket closed; closed: transport error
            upgraded  | probe             | second closed
            upgraded  | send b            | websocket 4b
            upgraded  | close             | websocket closed; closed: forced close
            upgraded  | abort             | websocket closed; closed: server shutting down
            closing   | polling 4a        |
            closing   | polling 2         |
            closing   | polling 3         |
            closing   | polling 1         | polling closed; closed: forced close
            closing   | polling 7         | fault: packet type 0x37; polling closed; closed: forced close
            closing   | ready             | polling 4last
            closing   | lost polling      | polling closed; closed: forced close
            closing   | send b            |
            closing   | close             |
            closing   | abort             | polling closed; closed: forced close
            closing   | probe             |
            closed    | polling 4a        |
            closed    | polling 7         |
            closed    | polling 1         |
            closed    | ready             |
            closed    | lost polling      |
            closed    | probe             | second closed
            closed    | send b            |
            closed    | close             |
            closed    | abort             |
            """)
    void answers(String state, String inputs, @Nullable String expected) {
        polling.flushed = true;
        enter(state);
        out.clear();
        for (var input : inputs.split(", ", -1)) {
            apply(input.split(" ", 2));
        }
        assertThat(String.join("; ", out)).isEqualTo(expected == null ? "" : expected);
        assertThat(session.deadlineMillis() == Long.MAX_VALUE).isEqualTo(recorder.closeReason != null);
    }

    private void enter(String state) {
        switch (state) {
            case "polling" -> {}
            case "idle" -> polling.writable = false;
            case "probing" -> session.probe(socket, 0);
            case "probed" -> {
                session.probe(socket, 0);
                receive(socket, "2probe");
            }
            case "upgraded" -> {
                session.probe(socket, 0);
                receive(socket, "5");
            }
            case "closing" -> {
                polling.writable = false;
                session.send(List.of(EnginePacket.message(Bytes.ofUtf8("last"))));
                session.close(CloseReason.FORCED_CLOSE, 0);
            }
            case "closed" -> session.close(CloseReason.FORCED_CLOSE, 0);
            default -> throw new IllegalArgumentException(state);
        }
    }

    private void apply(String[] input) {
        switch (input[0]) {
            case "polling" -> receive(polling, input[1]);
            case "websocket" -> receive(socket, input[1]);
            case "lost" ->
                session.transportClosed("polling".equals(input[1]) ? polling : socket, CloseReason.TRANSPORT_ERROR);
            case "ready" -> {
                polling.writable = true;
                session.transportReady(polling);
            }
            case "probe" -> session.probe(new FakeTransport("second", TransportKind.WEBSOCKET, out), 10);
            case "send" -> session.send(List.of(EnginePacket.message(Bytes.ofUtf8(input[1]))));
            case "close" -> session.close(CloseReason.FORCED_CLOSE, 10);
            case "abort" -> session.abort(CloseReason.SERVER_SHUTTING_DOWN);
            default -> throw new IllegalArgumentException(input[0]);
        }
    }

    private void receive(FakeTransport from, String frame) {
        session.receiveFrame(from, Bytes.ofUtf8(frame.equals("\"\"") ? "" : frame), false, 10);
    }
}
