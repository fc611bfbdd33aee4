package io.sockeye.testbed.memory;

import java.util.List;

/** How much memory the attacked JVM has, in MiB. */
record JvmSize(int heap, int direct) {
    private static final int USUAL_HEAP = 256;

    /** Of the tests: 256 MiB, or what {@code -Dattacks.heap=128} says, and as much outside the heap. */
    static JvmSize usual() {
        int heap = Integer.getInteger("attacks.heap", USUAL_HEAP);
        return new JvmSize(heap, heap);
    }

    JvmSize direct(int mebibytes) {
        return new JvmSize(heap, Math.min(direct, mebibytes));
    }

    List<String> options() {
        return List.of("-Xmx" + heap + "m", "-XX:MaxDirectMemorySize=" + direct + "m");
    }

    long heapBytes() {
        return (long) heap << 20;
    }

    long directBytes() {
        return (long) direct << 20;
    }
}
