package org.latchkey.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Refusal;

public class KeyedSealingTest {

    private static final String OLD = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String NEW =
            Base64.getEncoder().encodeToString("n".repeat(32).getBytes(UTF_8));
    private static final byte[] SECRET = "hunter2 hunter2".getBytes(UTF_8);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private KeyedSealing sealing(String keys) throws IOException {
        return new KeyedSealing(SealKeys.of(keys, folder.getRoot().toPath()));
    }

    @Test
    public void whatIsSealedIsUnreadableAndComesBack() throws IOException {
        KeyedSealing sealing = sealing("");
        String sealed = sealing.seal("procsecret/deploy", SECRET);
        assertThat(sealed).matches("[0-9a-f]{8}:[A-Za-z0-9+/=]+").doesNotContain("hunter2");
        assertThat(sealing.seal("procsecret/deploy", SECRET)).isNotEqualTo(sealed);
        assertThat(sealing.open("procsecret/deploy", sealed)).isEqualTo(SECRET);
    }

    @Test
    public void theKeyInTheDataDirectoryIsItsOwnersAndStays() throws IOException {
        String sealed = sealing("").seal("a", SECRET);
        Path file = folder.getRoot().toPath().resolve(SealKeys.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(sealing("").open("a", sealed)).isEqualTo(SECRET);
        assertThat(folder.getRoot().list()).containsExactly(SealKeys.FILE);
    }

    @Test
    public void itIsOpenedForItsPlaceAlone() throws IOException {
        KeyedSealing sealing = sealing(OLD);
        String sealed = sealing.seal("procsecret/a", SECRET);
        for (String other : List.of("procsecret/b", "")) {
            refuses(sealing, other, sealed);
        }
    }

    @Test
    public void whatWasChangedIsNotOpened() throws IOException {
        KeyedSealing sealing = sealing(OLD);
        String sealed = sealing.seal("a", SECRET);
        String name = sealed.substring(0, sealed.indexOf(':') + 1);
        byte[] bytes = Base64.getDecoder().decode(sealed.substring(name.length()));
        bytes[bytes.length - 1] ^= 1;
        refuses(sealing, "a", name + Base64.getEncoder().encodeToString(bytes));
        refuses(sealing, "a", name + "AAAA");
        refuses(sealing, "a", name + "not base64!");
        refuses(sealing, "a", "");
    }

    private static void refuses(KeyedSealing sealing, String place, String sealed) {
        assertThatThrownBy(() -> sealing.open(place, sealed)).isInstanceOfSatisfying(Refusal.class, no -> {
            assertThat(no.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
            assertThat(no.code()).isEqualTo("sealed");
        });
    }

    @Test
    public void aNewKeyTakesOverAndTheOldOneStillOpens() throws IOException {
        String before = sealing(OLD).seal("a", SECRET);
        KeyedSealing both = sealing(NEW + ", " + OLD);
        assertThat(both.open("a", before)).isEqualTo(SECRET);
        assertThat(sealing(NEW).open("a", both.seal("a", SECRET))).isEqualTo(SECRET);
        refuses(sealing(NEW), "a", before);
    }

    @Test
    public void aKeyOfAnotherLengthIsRefusedWithoutShowingIt() {
        for (String bad : List.of("c2hvcnQ=", "no base64", NEW + ",")) {
            assertThatThrownBy(() -> sealing(bad + "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("32 bytes in base64")
                    .hasMessageNotContaining(bad);
        }
    }
}
