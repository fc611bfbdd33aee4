package io.sockeye.server;

/** The operating system's interface for I/O. */
public enum IoTransport {
    /** Epoll on Linux, kqueue on macOS, else NIO. */
    AUTO,
    /** Linux alone. */
    EPOLL,
    /** macOS and BSD. */
    KQUEUE,
    /** Everywhere. */
    NIO,
    /** Linux alone, with a kernel that allows it. */
    IO_URING
}
