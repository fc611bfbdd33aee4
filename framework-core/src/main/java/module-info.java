/** The protocols, without I/O. */
module io.sockeye.core {
    requires transitive tools.jackson.databind;
    requires org.slf4j;
    requires static msgpack.core;
    requires static transitive org.jspecify;

    exports io.sockeye.bytes;
    exports io.sockeye.concurrent;
    exports io.sockeye.engine;
    exports io.sockeye.event;
    exports io.sockeye.json;
    exports io.sockeye.msgpack;
    exports io.sockeye.socket;
}
