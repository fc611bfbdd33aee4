package io.sockeye.testbed.simulation;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;

/** What travels over a connection in one piece. */
sealed interface Message {
    int HEAD = 20;

    /** What it takes of the wire, about. */
    int bytes();

    /** An HTTP request. */
    record Request(String method, String query, Bytes body) implements Message {
        @Override
        public int bytes() {
            return HEAD + body.length();
        }
    }

    /** The answer to a request; 101 for a WebSocket. */
    record Response(int status, Bytes body) implements Message {
        @Override
        public int bytes() {
            return HEAD + body.length();
        }
    }

    /** A message of a WebSocket. */
    record Frame(Bytes data, boolean binary) implements Message {
        static Frame of(EnginePacket packet, Framing framing) {
            var frame = framing.frame(packet);
            var all = new byte[frame.head().length() + frame.data().length()];
            frame.head().copyTo(all, 0);
            frame.data().copyTo(all, frame.head().length());
            return new Frame(Bytes.wrap(all), frame.binary());
        }

        @Override
        public int bytes() {
            return data.length();
        }
    }

    /** Nothing follows from that side. */
    record End() implements Message {
        @Override
        public int bytes() {
            return 0;
        }
    }
}
