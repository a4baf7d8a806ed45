package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.store.Store;
import org.latchkey.testkit.MemoryStore;

public class FirstRootTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MemoryStore store = new MemoryStore();
    private final List<String> whenStored = new ArrayList<>();

    private Path file() {
        return folder.getRoot().toPath().resolve("root-secret");
    }

    /** The store, which notes what the file says when root is stored, and may end everything then. */
    private Store watched(Class<? extends Throwable> end) {
        return (Store) Proxy.newProxyInstance(
                FirstRootTest.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        whenStored.add(
                                Files.exists(file()) ? Files.readString(file()).strip() : "");
                        if (end != Throwable.class) {
                            throw end.getDeclaredConstructor().newInstance();
                        }
                    }
                    return method.invoke(store, arguments);
                });
    }

    private void begin(Store with) throws IOException {
        new FirstRoot(
                TestDirectory.context(Map.of("latchkey.data", folder.getRoot().toString())),
                with,
                new SecretHasher(TestDirectory.config(SecretHasher.Config.class, Map.of("memoryKib", 64))));
    }

    @Test
    public void theSecretIsKeptBeforeItCounts() throws IOException {
        begin(watched(Throwable.class));
        assertThat(whenStored).hasSize(1).doesNotContain("");
        assertThat(file()).hasContent(whenStored.get(0));
    }

    @Test
    public void anEndInBetweenIsMadeGoodByTheNextStart() throws IOException {
        assertThatThrownBy(() -> begin(watched(ThreadDeath.class))).isInstanceOf(ThreadDeath.class);
        begin(watched(Throwable.class));
        assertThat(whenStored).hasSize(2).doesNotHaveDuplicates();
        assertThat(file()).hasContent(whenStored.get(1));
    }
}
