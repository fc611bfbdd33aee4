/** The Sockeye server. */
module io.sockeye.server {
    requires transitive io.sockeye.core;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.handler;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.kqueue;
    requires io.netty.transport.classes.io_uring;
    requires io.netty.transport.unix.common;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.sockeye.server;
    exports io.sockeye.server.adapter;
    exports io.sockeye.server.annotation;
    exports io.sockeye.server.host;
    exports io.sockeye.server.http;
}
