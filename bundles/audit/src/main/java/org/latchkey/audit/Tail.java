package org.latchkey.audit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the log, where lines are added. Whoever adds a line while another is being written waits, and the
 * lines that gathered meanwhile are then written by one of their owners with one call of the operating system.
 * What was written survives the death of the process; it is not forced to the disk.
 */
final class Tail implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Tail.class);

    /** Where the log ends: the last line's number and digest. */
    record Head(long seq, String digest) {}

    /** Lines that are written together. */
    private static final class Batch {
        final List<byte[]> contents = new ArrayList<>();
        long first;

        /** Whether somebody took it to write it, and whether that went well. */
        boolean taken;

        boolean written;
        Optional<IOException> failure = Optional.empty();
    }

    private final Folder folder;
    private final Clock clock;
    private final long mostBytes;
    private final ReentrantLock writing = new ReentrantLock();

    /** Gathers lines; guarded by {@code this}. */
    private Batch open = new Batch();

    // The rest is guarded by the lock.
    private Head head = new Head(0, Line.NOTHING);
    private Optional<Segment> segment = Optional.empty();
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean isOpen;
    private long length;
    private boolean recovered;

    private volatile int keepDays;

    Tail(Folder folder, Clock clock, long mostBytes) {
        this.folder = folder;
        this.clock = clock;
        this.mostBytes = mostBytes;
    }

    /** For how many days entries are kept; 0 for ever. */
    void keep(int days) {
        keepDays = days;
    }

    /** Finds the end of what was written before; needed once, and tried again by each write until it works. */
    void recover() throws IOException {
        writing.lock();
        try {
            if (!recovered) {
                folder.open();
                findEnd();
                recovered = true;
            }
        } finally {
            writing.unlock();
        }
    }

    private void findEnd() throws IOException {
        List<Segment> segments = new ArrayList<>(folder.segments());
        while (!segments.isEmpty() && segment.isEmpty()) {
            Segment last = segments.remove(segments.size() - 1);
            Optional<Segment.End> end = last.end();
            long complete = end.map(Segment.End::end).orElse(0L);
            if (last.cut(complete)) {
                log.atWarn()
                        .addKeyValue("file", last.path().getFileName())
                        .log("the last audit entry was only half written and was cut off");
            }
            if (end.isPresent()) {
                head = new Head(end.get().seq(), end.get().line().digest());
                segment = Optional.of(last);
                length = complete;
            } else {
                Files.delete(last.path());
            }
        }
    }

    /**
     * Adds a line and returns when it is written.
     *
     * @return its number
     */
    long append(byte[] content) throws IOException {
        Batch mine;
        int place;
        synchronized (this) {
            mine = open;
            place = mine.contents.size();
            mine.contents.add(content);
        }
        writing.lock();
        try {
            if (!mine.taken) {
                take(mine);
                write(mine);
            }
        } finally {
            writing.unlock();
        }
        if (!mine.written) {
            throw new IOException("not written", mine.failure.orElse(null));
        }
        return mine.first + place;
    }

    /** Lets no more lines join. Only who holds the lock does that, so a batch that nobody took is the open one. */
    private synchronized void take(Batch batch) {
        batch.taken = true;
        open = new Batch();
    }

    private void write(Batch batch) {
        try {
            recover();
            batch.first = head.seq() + 1;
            Head next = head;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024 * batch.contents.size());
            for (byte[] content : batch.contents) {
                Line line = Line.chained(next.seq() + 1, next.digest(), content);
                bytes.writeBytes(line.bytes());
                bytes.write('\n');
                next = new Head(next.seq() + 1, line.digest());
            }
            openFile();
            bytes.writeTo(out);
            length += bytes.size();
            head = next;
            batch.written = true;
        } catch (IOException failed) {
            batch.failure = Optional.of(failed);
            closeFile();
        }
    }

    /** Makes sure that a file is open for the next lines: a new one each day, when one is full, or gone. */
    private void openFile() throws IOException {
        LocalDate today = LocalDate.now(clock);
        boolean usable = segment.filter(present -> present.day().equals(today) && Files.exists(present.path()))
                        .isPresent()
                && length < mostBytes;
        if (!usable) {
            closeFile();
            segment = Optional.of(folder.begin(head.seq() + 1, today));
            length = 0;
            if (keepDays > 0) {
                folder.forgetBefore(today.minusDays(keepDays));
            }
        }
        if (!isOpen) {
            Segment present = segment.orElseThrow();
            present.cut(length); // what a failed write may have left
            out = new FileOutputStream(present.path().toFile(), true);
            isOpen = true;
        }
    }

    private void closeFile() {
        isOpen = false;
        try {
            out.close();
        } catch (IOException lost) {
            log.atWarn().setCause(lost).log("an audit file could not be closed");
        }
    }

    /** The end as it is now: everything up to there is in the files. */
    Head head() {
        writing.lock();
        try {
            return head;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            closeFile();
        } finally {
            writing.unlock();
        }
    }
}
