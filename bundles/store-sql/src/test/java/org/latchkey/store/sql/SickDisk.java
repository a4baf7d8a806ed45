package org.latchkey.store.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system {@code sick:} for H2 whose disk can be made full, read-only or slow, and well again. */
public final class SickDisk extends FilePathWrapper {

    /** What becomes of a write. */
    enum Health {
        WELL,
        FULL,
        SLOW
    }

    static volatile Health health = Health.WELL;

    static void register() {
        FilePath.register(new SickDisk());
    }

    @Override
    public String getScheme() {
        return "sick";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new SickFile(super.open(mode));
    }

    private static void suffer() throws IOException {
        if (health == Health.FULL) {
            throw new IOException("No space left on device");
        }
        try {
            for (int i = 0; i < 6000 && health == Health.SLOW; i++) {
                Thread.sleep(10);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class SickFile extends FileBase {

        private final FileChannel file;

        SickFile(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            suffer();
            return file.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            suffer();
            return file.write(source, position);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            suffer();
            file.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
