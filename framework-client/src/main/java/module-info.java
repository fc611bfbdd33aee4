/** The Sockeye client. */
module io.sockeye.client {
    requires transitive io.sockeye.core;
}
