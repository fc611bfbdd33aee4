package io.sockeye.server.internal.netty.io;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a Unix domain socket, which stays when the process that made it ends without saying goodbye. */
public final class UnixSocketFile {
    private static final Logger log = LoggerFactory.getLogger(UnixSocketFile.class);

    /** As in {@code stat}, which tells sockets from pipes and devices. */
    private static final int FILE_TYPE = 0170000;

    private static final int SOCKET = 0140000;

    private UnixSocketFile() {}

    /** @throws IOException if somebody listens there, or if the file is something else than a socket */
    public static void removeStale(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(file)) {
            throw new IOException("the file exists and is no socket");
        }
        if (answers(file)) {
            throw new IOException("the socket is in use");
        }
        log.info("{} was left by an earlier server and is replaced", file);
        Files.delete(file);
    }

    private static boolean isSocket(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther();
        }
        int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & FILE_TYPE) == SOCKET;
    }

    /** @throws IOException if it cannot be told, for example because the file is another user's */
    private static boolean answers(Path file) throws IOException {
        try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return probe.connect(UnixDomainSocketAddress.of(file));
        } catch (ConnectException refused) {
            return false;
        }
    }

    public static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("cannot remove the socket {}", file, e);
        }
    }
}
