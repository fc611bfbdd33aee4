package io.sockeye.testbed.memory;

/**
 * What the attacked JVM holds, in bytes.
 *
 * @param heap after a garbage collection
 * @param peakDirect the most that it ever held outside the heap
 */
record Memory(long heap, long direct, long peakDirect) {
    static Memory parse(String line) {
        var words = line.split(" ", -1);
        return new Memory(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }
}
