package io.sockeye.json.text;

import java.util.Arrays;

/**
 * Where a JSON text refers to attachments: byte ranges in ascending order, and the attachment's number for each. The
 * ranges hold {@code {"_placeholder":true,"num":0}} or a spelling that means the same.
 */
public final class Placeholders {
    public static final Placeholders NONE = new Placeholders(new int[0], new int[0], new int[0]);

    private final int[] starts;
    private final int[] ends;
    private final int[] nums;

    public Placeholders(int[] starts, int[] ends, int[] nums) {
        this.starts = starts;
        this.ends = ends;
        this.nums = nums;
    }

    public int count() {
        return starts.length;
    }

    public int start(int index) {
        return starts[index];
    }

    public int end(int index) {
        return ends[index];
    }

    /** The number of the attachment, its index in the list of attachments. */
    public int num(int index) {
        return nums[index];
    }

    /** Those within the range, counted from its start. */
    public Placeholders within(int from, int to) {
        int first = firstAt(from);
        int last = firstAt(to);
        if (first == last) {
            return NONE;
        }
        return new Placeholders(
                moved(starts, first, last, from),
                moved(ends, first, last, from),
                Arrays.copyOfRange(nums, first, last));
    }

    private int firstAt(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found < 0 ? -found - 1 : found;
    }

    private static int[] moved(int[] offsets, int first, int last, int by) {
        int[] moved = Arrays.copyOfRange(offsets, first, last);
        for (int i = 0; i < moved.length; i++) {
            moved[i] -= by;
        }
        return moved;
    }
}
