package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class LinesTest {

    private static List<String> lines(InputStream in, int longest) throws IOException {
        Lines lines = new Lines(in, longest);
        List<String> all = new ArrayList<>();
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            all.add(new String(line.get(), StandardCharsets.UTF_8));
        }
        return all;
    }

    private static List<String> lines(String text, int longest) throws IOException {
        return lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), longest);
    }

    @Test
    public void linesEndWithEitherEndOrThatOfTheStream() throws IOException {
        assertThat(lines("one\ntwo\r\n\nfour", 100)).containsExactly("one", "two", "", "four");
        assertThat(lines("one\n", 100)).containsExactly("one");
        assertThat(lines("", 100)).isEmpty();
    }

    @Test
    public void aLineMayBeLongerThanWhatIsReadAtOnce() throws IOException {
        String line = "x".repeat(200_000);
        assertThat(lines(line + "\nshort", 1 << 20)).containsExactly(line, "short");
    }

    @Test
    public void ofALineThatIsTooLongOnlySoMuchIsKeptThatItShows() throws IOException {
        assertThat(lines("abcdefgh\nij", 4)).containsExactly("abcde", "ij");
    }

    @Test
    public void itDoesNotMatterInWhichPiecesTheyArrive() throws IOException {
        byte[] text = "one\r\ntwo\n".getBytes(StandardCharsets.UTF_8);
        InputStream byteByByte = new ByteArrayInputStream(text) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 1));
            }
        };
        assertThat(lines(byteByByte, 100)).containsExactly("one", "two");
    }
}
