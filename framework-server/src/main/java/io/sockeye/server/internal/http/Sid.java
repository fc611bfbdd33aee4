package io.sockeye.server.internal.http;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Session ids that tell the server and the loop of their session, so that no map is shared.
 *
 * <pre>
 * 4 characters   the server's name in its cluster
 * 2 characters   the loop's index, 12 bits
 * 20 characters  120 random bits (CVE-2017-16031)
 * </pre>
 */
public final class Sid {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    /** Characters of the name of a server. */
    public static final int NODE_LENGTH = 4;

    private static final int LENGTH = 26;
    /** More loops than an id can tell apart. */
    public static final int MAX_LOOPS = 64 * 64;

    private Sid() {}

    /** @throws IllegalArgumentException if that cannot be the name of a server in ids */
    public static String checkNode(String node) {
        if (!isNode(node)) {
            throw new IllegalArgumentException(
                    "name of a server: four characters of A-Z a-z 0-9 - _ expected: " + node);
        }
        return node;
    }

    private static boolean isNode(String name) {
        return name.length() == NODE_LENGTH && name.chars().allMatch(each -> ALPHABET.indexOf(each) >= 0);
    }

    /** A new id of a session of that loop of that server. */
    public static String next(String node, int loop, SecureRandom random) {
        return node + ALPHABET.charAt(loop / 64) + ALPHABET.charAt(loop % 64) + random(random);
    }

    /** 120 random bits in 20 characters. */
    public static String random(SecureRandom random) {
        var bits = new byte[15];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** The name of the server that an id names, which may be one that there is not; the empty text if it cannot be one. */
    public static String nodeOf(String sid) {
        if (loopOf(sid) < 0) {
            return "";
        }
        var node = sid.substring(0, NODE_LENGTH);
        return isNode(node) ? node : "";
    }

    /** The loop that an id names, or -1 if it cannot be one of ours. */
    public static int loopOf(String sid) {
        if (sid.length() != LENGTH) {
            return -1;
        }
        int high = ALPHABET.indexOf(sid.charAt(NODE_LENGTH));
        int low = ALPHABET.indexOf(sid.charAt(NODE_LENGTH + 1));
        return high < 0 || low < 0 ? -1 : high * 64 + low;
    }
}
