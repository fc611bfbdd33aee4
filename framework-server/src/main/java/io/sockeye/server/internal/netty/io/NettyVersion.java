package io.sockeye.server.internal.netty.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;

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

    /** The artifacts that are used, each with a class by which it is told where it is. */
    private static final Map<String, String> USED = Map.of(
            "netty-common", "io/netty/util/ReferenceCounted.class",
            "netty-buffer", "io/netty/buffer/ByteBuf.class",
            "netty-resolver", "io/netty/resolver/AddressResolver.class",
            "netty-transport", "io/netty/channel/Channel.class",
            "netty-transport-native-unix-common", "io/netty/channel/unix/FileDescriptor.class",
            "netty-codec", "io/netty/handler/codec/ByteToMessageDecoder.class",
            "netty-codec-base", "io/netty/handler/codec/ByteToMessageDecoder.class",
            "netty-codec-http", "io/netty/handler/codec/http/HttpRequestDecoder.class",
            "netty-handler", "io/netty/handler/ssl/SslHandler.class");

    private NettyVersion() {}

    /**
     * Looks at all jars of Netty that the class loader finds.
     *
     * @throws IllegalStateException if one is of another version, naming it and where it is, or if there is none
     */
    public static void check(ClassLoader loader) {
        try {
            for (var jar : Collections.list(loader.getResources(VERSIONS))) {
                check(jar, loader);
            }
            Class.forName(CLASS, false, loader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException("sockeye-server needs Netty 4.2.x, but there is no class " + CLASS, e);
        }
    }

    /** What a jar says counts for the classes that come from it: some hold a Netty of their own under other names. */
    private static void check(URL jar, ClassLoader loader) throws IOException {
        var properties = new Properties();
        try (var in = jar.openStream()) {
            properties.load(in);
        }
        for (var artifact : USED.entrySet()) {
            var version = properties.getProperty(artifact.getKey() + SUFFIX);
            if (version != null && !version.startsWith(NEEDED) && hasClass(jar, artifact.getValue(), loader)) {
                throw new IllegalStateException("sockeye-server needs Netty 4.2.x, but found %s %s at %s"
                        .formatted(artifact.getKey(), version, fileOf(jar)));
            }
        }
    }

    private static boolean hasClass(URL jar, String file, ClassLoader loader) {
        var place = loader.getResource(file);
        return place != null && place.toString().equals(jar.toString().replace(VERSIONS, file));
    }

    private static String fileOf(URL jar) {
        var text = jar.toString();
        return text.startsWith("jar:") ? text.substring("jar:".length(), text.lastIndexOf("!/")) : text;
    }
}
