package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class StoreTaskTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static void refuses(String because, String... words) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> StoreTask.task(List.of(words)))
                .withMessageContaining(because);
    }

    @Test
    public void optionsBecomeProperties() throws Exception {
        Path file = folder.newFile().toPath();
        Files.writeString(file, "open sesame\n");
        assertThat(StoreTask.task(List.of(
                        "copy", "--to-url=jdbc:x?a=b", "--to-password-file=" + file, "--truncate", "--no-dry-run")))
                .containsEntry("org.latchkey.task", "copy")
                .containsEntry("org.latchkey.task.to.url", "jdbc:x?a=b")
                .containsEntry("org.latchkey.task.to.password", "open sesame")
                .containsEntry("org.latchkey.task.truncate", "true")
                .containsEntry("org.latchkey.task.dry", "false");
        assertThat(StoreTask.task(List.of("migrate", "--to=1")))
                .containsEntry("org.latchkey.task.to", "1")
                .doesNotContainKey("org.latchkey.task.dry");
    }

    @Test
    public void whatMeansNothingIsRefused() {
        refuses("--to-url", "copy");
        refuses("does not know --to-urls=x", "copy", "--to-urls=x");
        refuses("does not know to-url=x", "copy", "to-url=x");
        refuses("does not know --truncate=yes", "copy", "--to-url=x", "--truncate=yes");
        refuses("does not know --to-url", "copy", "--to-url");
        refuses("does not know --truncate", "migrate", "--truncate");
        refuses("number of a schema", "migrate", "--to=two");
        refuses("cannot be read", "copy", "--to-url=x", "--to-password-file=/does/not/exist");
    }
}
