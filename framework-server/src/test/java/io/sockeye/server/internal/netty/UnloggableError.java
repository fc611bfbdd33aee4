package io.sockeye.server.internal.netty;

import java.io.PrintStream;
import java.io.PrintWriter;

/** As if there were no memory to log it, whatever logs it. */
public final class UnloggableError extends Error {
    private static final long serialVersionUID = 1L;

    @Override
    public StackTraceElement[] getStackTrace() {
        throw new OutOfMemoryError("as planned");
    }

    @Override
    public void printStackTrace(PrintStream stream) {
        throw new OutOfMemoryError("as planned");
    }

    @Override
    public void printStackTrace(PrintWriter writer) {
        throw new OutOfMemoryError("as planned");
    }
}
