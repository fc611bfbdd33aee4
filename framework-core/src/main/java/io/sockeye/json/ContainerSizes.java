package io.sockeye.json;

import java.util.Arrays;

/** How many elements or members each array and object of a text has; they are numbered in the order of their beginnings. */
final class ContainerSizes implements JsonScanner.Listener {
    private int[] sizes = new int[8];
    private int count;

    /** The numbers of the open containers, outermost first. */
    private int[] open = new int[8];

    int of(int container) {
        return sizes[container];
    }

    @Override
    public void opened(int depth, int start) {
        oneMore(depth - 1);
        if (count == sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth] = count++;
    }

    @Override
    public void key(int depth, int from, int to) {}

    @Override
    public void scalar(int depth, int from, int to) {
        oneMore(depth);
    }

    @Override
    public void closed(int depth, int end) {}

    private void oneMore(int depth) {
        if (depth >= 0) {
            sizes[open[depth]]++;
        }
    }
}
