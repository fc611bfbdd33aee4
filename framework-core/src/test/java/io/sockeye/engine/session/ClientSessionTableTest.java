package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each state of a client's session with each input, at time 10: what is written, and what the owner is told. */
class ClientSessionTableTest {
    private static final ClientSettings SETTINGS = new ClientSettings(400, 1_000, 500, new Limits(1_000, 100, 1_000));
    private static final String OPEN =
            "0{\"sid\":\"S1\",\"upgrades\":[\"websocket\"],\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":1000}";

    private final List<String> out = new ArrayList<>();
    private final SessionRecorder recorder = new SessionRecorder(out);
    private final FakePolling polling = new FakePolling(out);
    private final FakeTransport socket = new FakeTransport(TransportKind.WEBSOCKET, out);
    private final ClientSession session = new ClientSession(SETTINGS, polling, recorder, 0);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            opening   | open              | opened S1
            opening   | polling 0{}       | fault: handshake*; polling closed; closed: parse error
            opening   | polling 1         | fault: packet before the handshake: CLOSE; polling closed; closed: parse error
            opening   | polling 2         | fault: packet before the handshake: PING; polling closed; closed: parse error
            opening   | polling 4a        | fault: packet before the handshake: MESSAGE; polling closed; closed: parse error
            opening   | polling 6         | fault: packet before the handshake: NOOP; polling closed; closed: parse error
            opening   | polling 7         | fault: packet type 0x37; polling closed; closed: parse error
            opening   | lost polling      | polling closed; closed: transport error
            opening   | ready             |
            opening   | paused            |
            opening   | probe             | second closed
            opening   | send b            |
            opening   | send b, ready     |
            opening   | send b, open      | opened S1; polling 4b
            opening   | close             | polling closed; closed: forced close
            opening   | abort             | polling closed; closed: transport close
            polling   | open              | fault: second handshake; polling 1; polling closed; closed: parse error
            polling   | polling 1         | polling closed; closed: transport close
            polling   | polling 2         | polling 3
            polling   | polling 3         |
            polling   | polling 3probe    |
            polling   | polling 4a        | message a
            polling   | polling bYQ==     | binary a
            polling   | polling 5         |
            polling   | polling 6         |
            polling   | polling 7         | fault: packet type 0x37; polling 1; polling closed; closed: parse error
            polling   | polling ""        | fault: empty packet; polling 1; polling closed; closed: parse error
            polling   | websocket 4a      |
            polling   | websocket 7       |
            polling   | lost polling      | polling closed; closed: transport error
            polling   | lost websocket    |
            polling   | ready             |
            polling   | paused            |
            polling   | probe             | second 2probe
            polling   | send b            | polling 4b
            polling   | close             | polling 1; polling closed; closed: forced close
            polling   | send b, close     | polling 4b
            polling   | send b, close, ready | polling 4b; polling 1; polling closed; closed: forced close
            polling   | abort             | polling 1; polling closed; closed: transport close
            posting   | polling 1         | polling closed; closed: transport close
            posting   | polling 2         |
            posting   | polling 2, ready  | polling 3
            posting   | send b            |
            posting   | send b, polling 2, ready | polling 3; polling 4b
            posting   | close             |
            posting   | close, ready      | polling 1; polling closed; closed: forced close
            posting   | abort             | polling closed; closed: transport close
            probing   | websocket 0       | fault: unexpected on a probe: OPEN; websocket closed
            probing   | websocket 1       | fault: unexpected on a probe: CLOSE; websocket closed
            probing   | websocket 2       | fault: unexpected on a probe: PING; websocket closed
            probing   | websocket 2probe  | fault: unexpected on a probe: PING; websocket closed
            probing   | websocket 3       | fault: unexpected on a probe: PONG; websocket closed
            probing   | websocket 3probe  | polling pauses
            probing   | websocket 4a      | fault: unexpected on a probe: MESSAGE; websocket closed
            probing   | websocket 4probe  | fault: unexpected on a probe: MESSAGE; websocket closed
            probing   | websocket 5       | fault: unexpected on a probe: UPGRADE; websocket closed
            probing   | websocket 6       | fault: unexpected on a probe: NOOP; websocket closed
            probing   | websocket 7       | fault: packet type 0x37; websocket closed
            probing   | websocket ""      | fault: empty packet; websocket closed
            probing   | polling 4a        | message a
            probing   | polling 1         | polling closed; websocket closed; closed: transport close
            probing   | polling 7         | fault: packet type 0x37; polling 1; polling closed; websocket closed; closed: parse error
            probing   | lost websocket    | websocket closed
            probing   | lost polling      | polling closed; websocket closed; closed: transport error
            probing   | paused            |
            probing   | probe             | second closed
            probing   | send b            | polling 4b
            probing   | close             | websocket closed; polling 1; polling closed; closed: forced close
            probing   | abort             | polling 1; polling closed; websocket closed; closed: transport close
            pausing   | polling 4a        | message a
            pausing   | polling 6         |
            pausing   | polling 2         |
            pausing   | polling 1         | polling closed; websocket closed; closed: transport close
            pausing   | polling 7         | fault: packet type 0x37; polling closed; websocket closed; closed: parse error
            pausing   | websocket 3probe  | fault: unexpected on a probe: PONG; websocket closed; polling resumes
            pausing   | websocket 4a      | fault: unexpected on a probe: MESSAGE; websocket closed; polling resumes
            pausing   | websocket 7       | fault: packet type 0x37; websocket closed; polling resumes
            pausing   | lost websocket    | websocket closed; polling resumes
            pausing   | lost polling      | polling closed; websocket closed; closed: transport error
            pausing   | probe             | second closed
            pausing   | ready             |
            pausing   | paused            | polling closed; upgraded to websocket; websocket 5
            pausing   | send b            |
            pausing   | send b, paused    | polling closed; upgraded to websocket; websocket 5; websocket 4b
            pausing   | polling 2, paused | polling closed; upgraded to websocket; websocket 5; websocket 3
            pausing   | send b, lost websocket | websocket closed; polling resumes; polling 4b
            pausing   | close             |
            pausing   | close, paused     | polling closed; upgraded to websocket; websocket 5
            pausing   | close, paused, ready | polling closed; upgraded to websocket; websocket 5; websocket closed; closed: forced close
            pausing   | close, lost websocket | websocket closed; polling resumes; polling 1; polling closed; closed: forced close
            pausing   | abort             | polling closed; websocket closed; closed: transport close
            upgraded  | open              |
            upgraded  | websocket 0{}     | fault: second handshake; websocket closed; closed: parse error
            upgraded  | websocket 1       | websocket closed; closed: transport close
            upgraded  | websocket 2       | websocket 3
            upgraded  | websocket 3probe  |
            upgraded  | websocket 4a      | message a
            upgraded  | websocket 5       |
            upgraded  | websocket 6       |
            upgraded  | websocket 7       | fault: packet type 0x37; websocket closed; closed: parse error
            upgraded  | polling 4a        |
            upgraded  | lost polling      |
            upgraded  | paused            |
            upgraded  | lost websocket    | websocket closed; closed: transport error
            upgraded  | probe             | second closed
            upgraded  | send b            | websocket 4b
            upgraded  | close, ready      | websocket closed; closed: forced close
            upgraded  | send b, close     | websocket 4b
            upgraded  | send b, close, ready | websocket 4b; websocket closed; closed: forced close
            upgraded  | abort             | websocket closed; closed: transport close
            closing   | polling 4a        |
            closing   | polling 2         |
            closing   | polling 2, ready  | polling 3; polling 4last
            closing   | polling 1         | polling closed; closed: forced close
            closing   | polling 7         | fault: packet type 0x37; polling closed; closed: forced close
            closing   | ready             | polling 4last
            closing   | ready, ready      | polling 4last; polling 1; polling closed; closed: forced close
            closing   | lost polling      | polling closed; closed: forced close
            closing   | probe             | second closed
            closing   | send b            |
            closing   | close             |
            closing   | abort             | polling closed; closed: forced close
            closed    | polling 4a        |
            closed    | polling 7         |
            closed    | polling 1         |
            closed    | open              |
            closed    | ready             |
            closed    | paused            |
            closed    | lost polling      |
            closed    | probe             | second closed
            closed    | send b            |
            closed    | close             |
            closed    | abort             |
            """)
    void answers(String state, String inputs, @Nullable String expected) {
        enter(state);
        polling.flush();
        out.clear();
        for (var input : inputs.split(", ", -1)) {
            apply(input.split(" ", 2));
        }
        var calls = String.join("; ", out).replaceAll("fault: handshake: [^;]*", "fault: handshake*");
        assertThat(calls).isEqualTo(expected == null ? "" : expected);
        assertThat(session.deadlineMillis() == Long.MAX_VALUE).isEqualTo(recorder.closeReason != null);
    }

    private void enter(String state) {
        if (state.equals("opening")) {
            return;
        }
        receive(polling, OPEN);
        switch (state) {
            case "polling" -> {}
            case "posting" -> polling.writable = false;
            case "probing" -> session.probe(socket, 0);
            case "pausing" -> pause();
            case "upgraded" -> {
                pause();
                session.transportPaused(polling);
            }
            case "closing" -> {
                polling.writable = false;
                session.send(List.of(EnginePacket.message(Bytes.ofUtf8("last"))));
                session.close(0);
            }
            case "closed" -> session.close(0);
            default -> throw new IllegalArgumentException(state);
        }
    }

    private void pause() {
        session.probe(socket, 0);
        receive(socket, "3probe");
    }

    private void apply(String[] input) {
        switch (input[0]) {
            case "open" -> receive(polling, OPEN);
            case "polling" -> receive(polling, input[1]);
            case "websocket" -> receive(socket, input[1]);
            case "lost" ->
                session.transportClosed("polling".equals(input[1]) ? polling : socket, CloseReason.TRANSPORT_ERROR);
            case "ready" -> {
                polling.writable = true;
                polling.flush();
                socket.flushed = true;
                session.transportReady(session.transport());
            }
            case "paused" -> session.transportPaused(polling);
            case "probe" -> session.probe(new FakeTransport("second", TransportKind.WEBSOCKET, out), 10);
            case "send" -> session.send(List.of(EnginePacket.message(Bytes.ofUtf8(input[1]))));
            case "close" -> session.close(10);
            case "abort" -> session.abort(CloseReason.TRANSPORT_CLOSE);
            default -> throw new IllegalArgumentException(input[0]);
        }
    }

    private void receive(Transport from, String frame) {
        session.receiveFrame(from, Bytes.ofUtf8(frame.equals("\"\"") ? "" : frame), false, 10);
    }
}
