package org.latchkey.audit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.service.Audit;

/** Checks that every entry is as it was written, and follows the one before. Begins with the oldest kept. */
final class Verifier {

    /** The first entry that is not in order; ends the check. */
    private static final class Broken extends Exception {

        private static final long serialVersionUID = 1L;

        private final long seq;

        Broken(long seq, String reason) {
            super(reason);
            this.seq = seq;
        }
    }

    private final Tail.Head head;
    private long first;
    private long last;
    private Optional<Line> previous = Optional.empty();

    /** Checks up to the entry that the server knows to be the last. */
    Verifier(Tail.Head head) {
        this.head = head;
    }

    Audit.Verification verify(List<Segment> segments) throws IOException {
        try {
            for (Segment segment : segments) {
                verify(segment);
            }
            refuseMissing(head.seq() + 1);
            if (head.seq() > 0 && !previous.map(Line::digest).equals(Optional.of(head.digest()))) {
                throw new Broken(last, "The last entry is not the one that was written.");
            }
            return verification(0, "");
        } catch (Broken broken) {
            return verification(broken.seq, broken.getMessage());
        }
    }

    private Audit.Verification verification(long brokenAt, String reason) {
        String hash = previous.map(line -> line.entry().hash()).orElse("");
        return new Audit.Verification(first, last, hash, brokenAt, reason);
    }

    private void verify(Segment segment) throws IOException, Broken {
        if (previous.isEmpty()) {
            first = segment.first();
            last = first - 1;
        }
        try (LineReader reader = new LineReader(segment.path(), 0)) {
            for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                if (last == head.seq()) {
                    return; // written since the check began
                }
                verify(line.get());
            }
        }
    }

    private void verify(Line line) throws Broken {
        long seq = last + 1;
        if (!line.isWhole()) {
            throw new Broken(seq, "The entry was changed after it was written.");
        }
        refuseMissing(line.seq());
        if (previous.isPresent() && !line.follows(previous.get().digest())) {
            throw new Broken(seq, "The entry does not follow the one before it.");
        }
        previous = Optional.of(line);
        last = seq;
    }

    private void refuseMissing(long found) throws Broken {
        if (found != last + 1) {
            throw new Broken(last + 1, "The entry is missing.");
        }
    }
}
