package io.sockeye.chat.terminal;

/** What was asked for is not done; the message says why, in words for people. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
        super(why);
    }
}
