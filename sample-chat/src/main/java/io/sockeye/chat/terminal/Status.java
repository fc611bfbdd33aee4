package io.sockeye.chat.terminal;

/**
 * What is the case at present.
 *
 * @param room where the person is; empty before the first one
 * @param connection how the person is connected, or that they are not
 * @param passing what is over soon, such as somebody's typing; empty if nothing
 */
record Status(String room, int people, String connection, String passing) {
    static final Status NONE = new Status("", 0, "connecting", "");

    Status in(String other, int present) {
        return new Status(other, present, connection, passing);
    }

    Status over(String other) {
        return new Status(room, people, other, passing);
    }

    Status passing(String other) {
        return new Status(room, people, connection, other);
    }

    @Override
    public String toString() {
        String place = room.isEmpty() ? "" : room + " · " + people + " here · ";
        return place + connection + (passing.isEmpty() ? "" : " · " + passing);
    }
}
