/** The protocols, without I/O. */
module io.sockeye.core {
    requires transitive tools.jackson.databind;
    requires org.slf4j;
    requires static msgpack.core;
    requires static transitive org.jspecify;

    exports io.sockeye.bytes;
    exports io.sockeye.event;
    exports io.sockeye.json;
    exports io.sockeye.msgpack;
    exports io.sockeye.protocol;
    exports io.sockeye.ack to
            io.sockeye.server,
            io.sockeye.client;
    exports io.sockeye.concurrent to
            io.sockeye.server,
            io.sockeye.client;
    exports io.sockeye.engine to
            io.sockeye.server,
            io.sockeye.client,
            io.sockeye.test;
    exports io.sockeye.engine.memory to
            io.sockeye.server,
            io.sockeye.client;
    exports io.sockeye.engine.session to
            io.sockeye.server,
            io.sockeye.client;
}
