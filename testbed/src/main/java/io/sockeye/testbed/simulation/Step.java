package io.sockeye.testbed.simulation;

/**
 * Something that somebody does, or that goes wrong.
 *
 * @param number its place in the plan of its seed
 * @param client whom it concerns
 * @param choice what is meant more exactly, if there is a choice
 */
record Step(int number, long atMillis, Kind kind, int client, int choice) {
    enum Kind {
        SAY,
        JOIN,
        LEAVE,
        ASK,
        QUIZ,
        WHISPER,
        ANNOUNCE,
        STEER,
        KICK,
        KILL_CONNECTION,
        QUIT,
        RESTART,
        CUT,
        VANISH,
        HALF_CLOSE,
        STALL,
        LOOP_STALL,
        HANDLER_STALL,
        LOG_STALL,
        KILL,
        STOP,
        FLOOD,
        GORGE
    }
}
