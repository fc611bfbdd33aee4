package io.sockeye.testbed.memory;

/**
 * What the attacked JVM holds, in bytes.
 *
 * @param heap after a garbage collection
 * @param peakDirect the most that it ever held outside the heap
 * @param resident what the process has of the machine's memory, also of native code; 0 if nobody tells
 */
record Memory(long heap, long direct, long peakDirect, long resident) {
    static Memory parse(String line) {
        var words = line.split(" ", -1);
        return new Memory(
                Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]));
    }
}
