package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TypedFileTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void entriesHaveTheirTypesAndLines() throws IOException {
        List<TypedFile.Entry> entries = TypedFile.read(file("""
                # a comment
                text="a \\"quoted\\" ä"

                number=L"5"
                yes = B"true"
                list=[ \\
                  "one", \\
                  "two", \\
                ]
                last=I"7"
                """));
        assertThat(entries)
                .extracting(TypedFile.Entry::line, TypedFile.Entry::key, TypedFile.Entry::texts)
                .containsExactly(
                        tuple(2, "text", "a \"quoted\" ä"),
                        tuple(4, "number", "5"),
                        tuple(5, "yes", "true"),
                        tuple(6, "list", "one", "two"),
                        tuple(10, "last", "7"));
        assertThat(entries.get(1).value()).isEqualTo(5L);
    }

    @Test
    public void everyMistakeIsFoundAtItsLineAndNoSecretIsRepeated() throws IOException {
        TypedFile typed = TypedFile.parse(file("""
                good="x"
                a=5
                b="x" and more
                c="half
                d=L"five"
                e=hunter2
                f="a"b"
                g=true
                also.good=["x"]
                """));
        assertThat(typed.faults()).extracting(TypedFile.Fault::line).containsExactly(2, 3, 4, 5, 6, 7, 8);
        assertThat(typed.faults().get(0).message()).contains("a=I\"5\" or L\"5\"");
        assertThat(typed.faults().get(6).message()).contains("g=B\"true\"");
        assertThat(typed.faults()).noneMatch(fault -> fault.message().contains("hunter2"));
        assertThat(typed.entries()).extracting(TypedFile.Entry::key).containsExactly("good", "also.good");
    }

    private static org.assertj.core.groups.Tuple tuple(int line, String key, String... texts) {
        return org.assertj.core.groups.Tuple.tuple(line, key, List.of(texts));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.newFile().toPath(), content);
    }
}
