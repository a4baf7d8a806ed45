package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DataLockTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aSecondServerIsRefusedAndToldWhoHasIt() throws IOException {
        Path data = folder.getRoot().toPath();
        try (DataLock lock = DataLock.take(data)) {
            lock.sign();
            assertThatThrownBy(() -> DataLock.take(data))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    public void afterTheFirstTheNextMayHaveIt() throws IOException {
        Path data = folder.getRoot().toPath();
        try (DataLock lock = DataLock.take(data)) {
            lock.sign();
            lock.ready("http://127.0.0.1:1");
            assertThat(data.resolve("latchkey.url")).hasContent("http://127.0.0.1:1");
        }
        assertThat(data.resolve("latchkey.url")).doesNotExist();
        assertThat(data.resolve("latchkey.pid")).doesNotExist();
        DataLock.take(data).close();
    }

    @Test
    public void anAddressLeftByAKilledServerDoesNotCount() throws IOException {
        Path data = folder.getRoot().toPath();
        Files.writeString(data.resolve("latchkey.url"), "http://127.0.0.1:1");
        try (DataLock lock = DataLock.take(data)) {
            lock.sign();
            assertThat(data.resolve("latchkey.url")).doesNotExist();
        }
    }
}
