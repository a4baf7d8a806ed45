package org.latchkey.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class LineReaderTest {

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void linesComeAsTheyWereSent() throws IOException {
        LineReader reader = new LineReader(new SequenceInputStream(bytes("one\ntw"), bytes("o\n\nunfinished")));

        assertThat(reader.next())
                .hasValueSatisfying(line -> assertThat(line).asString().isEqualTo("one"));
        assertThat(reader.next())
                .hasValueSatisfying(line -> assertThat(line).asString().isEqualTo("two"));
        assertThat(reader.next()).hasValueSatisfying(line -> assertThat(line).isEmpty());
        assertThat(reader.next()).isEmpty();
    }

    @Test
    public void theLongestLinePassesAndOneByteMoreDoesNot() throws IOException {
        String longest = "x".repeat(LineReader.LONGEST);
        assertThat(new LineReader(bytes(longest + "\n")).next())
                .hasValueSatisfying(line -> assertThat(line).hasSize(LineReader.LONGEST));

        assertThatThrownBy(() -> new LineReader(bytes(longest + "x\n")).next())
                .isInstanceOf(LineReader.LineTooLong.class);
    }
}
