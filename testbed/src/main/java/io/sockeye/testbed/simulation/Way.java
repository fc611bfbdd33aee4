package io.sockeye.testbed.simulation;

/** How a client connects. */
enum Way {
    POLLING,
    UPGRADE,
    WEBSOCKET
}
