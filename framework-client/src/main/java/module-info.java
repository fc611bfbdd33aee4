/** The Sockeye client. */
module io.sockeye.client {
    requires transitive io.sockeye.core;
    requires transitive java.net.http;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.sockeye.client;
}
