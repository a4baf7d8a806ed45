package org.latchkey.shell;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * A listening Unix domain socket that nobody but its owner could open at any moment: it is made in a
 * directory closed to everybody else, gets its mode there, and only then moves to its place.
 */
final class SocketFile implements Closeable {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNERS_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final ServerSocketChannel channel;
    private final Object identity;

    private SocketFile(Path path, ServerSocketChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.identity = identity(path);
    }

    /**
     * Listens at that path, in place of what a server that died has left there.
     *
     * @throws IOException also if a living server listens there
     */
    static SocketFile open(Path path) throws IOException {
        if (!Files.isDirectory(path.getParent())) {
            Files.createDirectories(path.getParent(), PosixFilePermissions.asFileAttribute(OWNERS_DIRECTORY));
        }
        refuseIfAlive(path);
        Path closed = Files.createTempDirectory(
                path.getParent(), ".shell", PosixFilePermissions.asFileAttribute(OWNERS_DIRECTORY));
        Path made = closed.resolve("s");
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try (ShortPath reached = ShortPath.to(made)) {
            channel.bind(UnixDomainSocketAddress.of(reached.path()));
            Files.setPosixFilePermissions(made, OWNER_ONLY);
            Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new SocketFile(path, channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        } finally {
            Files.deleteIfExists(made);
            Files.delete(closed);
        }
    }

    private static void refuseIfAlive(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && isAlive(path)) {
            throw new IOException("Another server listens on " + path + ".");
        }
    }

    private static boolean isAlive(Path path) throws IOException {
        try (ShortPath reached = ShortPath.to(path);
                SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return connects(probe, reached.path());
        }
    }

    private static boolean connects(SocketChannel probe, Path path) {
        try {
            return probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException dead) {
            return false;
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Stops listening, and removes the file unless another server has put its own there. */
    @Override
    public void close() throws IOException {
        channel.close();
        try {
            if (Objects.equals(identity, identity(path))) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException removedBefore) {
            return;
        }
    }

    private static Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
