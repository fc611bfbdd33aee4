package io.sockeye.client;

/** The rule for the names of namespaces. */
final class Namespaces {
    private Namespaces() {}

    /** The name with its leading slash. */
    static String check(String namespace) {
        if (namespace.indexOf(',') >= 0) {
            throw new IllegalArgumentException("namespace with a comma: " + namespace);
        }
        return namespace.startsWith("/") ? namespace : "/" + namespace;
    }
}
