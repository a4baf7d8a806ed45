package org.latchkey.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One server to a data directory. Holds {@code lock} there, which the operating system gives back whatever happens to
 * the process, and writes {@code latchkey.pid} and, once the server is ready, {@code latchkey.url} for the command line.
 */
final class DataLock implements AutoCloseable {

    private final FileChannel channel;
    private final Path pid;
    private final Path url;

    private DataLock(FileChannel channel, Path data) {
        this.channel = channel;
        this.pid = data.resolve("latchkey.pid");
        this.url = data.resolve("latchkey.url");
    }

    /** Takes the data directory for this process; refused while another has it. */
    static DataLock take(Path data) {
        try {
            FileChannel channel =
                    FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new StartRefused("another server uses the data directory " + data + holder(data));
            }
            return new DataLock(channel, data);
        } catch (IOException unusable) {
            throw new StartRefused("the data directory " + data + " cannot be used: " + unusable, unusable);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String holder(Path data) throws IOException {
        Path pid = data.resolve("latchkey.pid");
        return Files.exists(pid) ? " (process " + Files.readString(pid).strip() + ")" : "";
    }

    /** Says which process it is that holds the directory. */
    void sign() throws IOException {
        Files.deleteIfExists(url);
        Files.writeString(pid, ProcessHandle.current().pid() + "\n");
    }

    /** Says that the server can be used, and where. */
    void ready(String address) throws IOException {
        Files.writeString(url, address + "\n");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(url);
        Files.deleteIfExists(pid);
        channel.close();
    }
}
