/** What tests of handlers need. */
module io.sockeye.test {
    requires transitive io.sockeye.server;
    requires transitive io.sockeye.client;
    requires transitive org.junit.jupiter.api;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.sockeye.test;
}
