package io.sockeye.testbed.memory;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What this JVM holds: the heap after a garbage collection, and direct memory with its highest value so far. Any thread. */
final class Gauge {
    private static final long SAMPLE_MILLIS = 20;

    private final @Nullable BufferPoolMXBean pool =
            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(each -> each.getName().equals("direct"))
                    .findAny()
                    .orElse(null);
    /** Netty's own count, which also has what does not come from the JDK's pool; null if Netty does not count. */
    private final @Nullable Method counter = counter();

    private volatile long peak;

    Gauge() {
        var sampler = new Thread(this::sample, "gauge");
        sampler.setDaemon(true);
        sampler.start();
    }

    private static @Nullable Method counter() {
        try {
            return Class.forName("io.netty.util.internal.PlatformDependent").getMethod("usedDirectMemory");
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private void sample() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                peak = Math.max(peak, direct());
                TimeUnit.MILLISECONDS.sleep(SAMPLE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (OutOfMemoryError e) {
                // What is attacked is somebody else; this one goes on.
            }
        }
    }

    private long direct() {
        long ofPool = pool == null ? 0 : pool.getMemoryUsed();
        try {
            return counter == null ? ofPool : Math.max(ofPool, (long) counter.invoke(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code memory HEAP DIRECT PEAK RESIDENT} in bytes, the heap after a garbage collection. */
    String line() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return "memory " + heap + " " + direct() + " " + peak + " " + resident();
    }

    /** What the process has of the machine's memory, also of native code; 0 where nobody tells. */
    private static long resident() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findAny()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
