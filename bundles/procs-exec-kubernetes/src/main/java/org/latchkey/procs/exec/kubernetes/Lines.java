package org.latchkey.procs.exec.kubernetes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes lines of bytes as they come. */
final class Lines {

    /** Bytes that are kept of a line: at least as many characters as anybody keeps who hears it. */
    private static final int LONGEST = 4 * 16_384;

    private final Consumer<String> hearer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean begun;
    private long skipped;

    /** @param skipped how many lines are left out */
    Lines(long skipped, Consumer<String> hearer) {
        this.skipped = skipped;
        this.hearer = hearer;
    }

    void read(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                end();
            } else {
                begun = true;
                if (line.size() < LONGEST) {
                    line.write(bytes[i]);
                }
            }
        }
    }

    /** There is no more: what has no end of line is a line too. */
    void finish() {
        if (begun) {
            end();
        }
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        begun = false;
        if (skipped > 0) {
            skipped--;
        } else {
            hearer.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        }
    }
}
