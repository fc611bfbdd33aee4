package io.sockeye.server.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/**
 * Whether the Netty that is there is one that the server works with. Another one, chosen by some other framework, would end
 * in errors deep inside; so this class knows none of its classes. Any thread.
 */
public final class NettyVersion {
    private static final String NEEDED = "4.2.";
    private static final String SUFFIX = ".version";
    /** Each jar of Netty says with this what is in it. */
    private static final String VERSIONS = "META-INF/io.netty.versions.properties";
    /** Netty 4.1 does not have it. */
    private static final String CLASS = "io.netty.channel.MultiThreadIoEventLoopGroup";

    private static final Set<String> USED = Set.of(
            "netty-common",
            "netty-buffer",
            "netty-resolver",
            "netty-transport",
            "netty-transport-native-unix-common",
            "netty-codec",
            "netty-codec-base",
            "netty-codec-http",
            "netty-handler");

    private NettyVersion() {}

    /**
     * Looks at all jars of Netty that the class loader finds.
     *
     * @throws IllegalStateException if one is of another version, naming it and where it is, or if there is none
     */
    public static void check(ClassLoader loader) {
        try {
            var seen = new HashSet<String>();
            for (var jar : Collections.list(loader.getResources(VERSIONS))) {
                check(jar, seen);
            }
            Class.forName(CLASS, false, loader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException("sockeye-server needs Netty 4.2.x, but there is no class " + CLASS, e);
        }
    }

    /** @param seen the artifacts that were found before: their classes are the ones that are loaded */
    private static void check(URL jar, Set<String> seen) throws IOException {
        var properties = new Properties();
        try (var in = jar.openStream()) {
            properties.load(in);
        }
        for (var artifact : USED) {
            var version = properties.getProperty(artifact + SUFFIX);
            if (version != null && seen.add(artifact) && !version.startsWith(NEEDED)) {
                throw new IllegalStateException("sockeye-server needs Netty 4.2.x, but found %s %s at %s"
                        .formatted(artifact, version, fileOf(jar)));
            }
        }
    }

    private static String fileOf(URL jar) {
        var text = jar.toString();
        return text.startsWith("jar:") ? text.substring("jar:".length(), text.lastIndexOf("!/")) : text;
    }
}
