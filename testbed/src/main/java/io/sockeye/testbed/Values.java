package io.sockeye.testbed;

import io.sockeye.event.Args;

/** Arguments as plain Java values, so that what is sent back has gone through objects both ways. */
final class Values {
    private Values() {}

    static Object[] of(Args args) {
        var values = new Object[args.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = args.get(i, Object.class);
        }
        return values;
    }
}
