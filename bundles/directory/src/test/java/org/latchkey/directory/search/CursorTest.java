package org.latchkey.directory.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Base64;
import java.util.List;
import org.junit.Test;
import org.latchkey.api.Refusal;

public class CursorTest {

    private static final Position SOMEWHERE = new Position(3, "ada \u00e4\ud83d\ude00", "ada");

    private final Cursor cursor = new Cursor("entity", "a*");

    @Test
    public void isReadAsItWasWritten() {
        for (Position position : List.of(SOMEWHERE, new Position(0, "", "x"), new Position(2, "x".repeat(256), "k"))) {
            assertThat(cursor.read(cursor.write(position))).isEqualTo(position);
        }
    }

    @Test
    public void a05_isGoodForOneQueryOnly() {
        String written = cursor.write(SOMEWHERE);
        refused(new Cursor("entity", "a*b"), written);
        refused(new Cursor("group", "a*"), written);
    }

    @Test
    public void a05_whatWasTamperedWithIsRefused() {
        String written = cursor.write(SOMEWHERE);
        for (int i = 0; i < written.length(); i++) {
            for (char other : "Aa09-_=+/ \u00e4\u0000".toCharArray()) {
                if (other != written.charAt(i)) {
                    refused(cursor, written.substring(0, i) + other + written.substring(i + 1));
                }
            }
            refused(cursor, written.substring(0, i));
            refused(cursor, written.substring(i + 1));
        }
        for (String bad : List.of(" ", "ada", "' or 1=1", "A", "A".repeat(10_000_000), written + "A", written + "=")) {
            refused(cursor, bad);
        }
        byte[] longer = new byte[3000];
        refused(cursor, Base64.getUrlEncoder().withoutPadding().encodeToString(longer));
    }

    private static void refused(Cursor cursor, String text) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> cursor.read(text));
        assertThat(refusal).isNotNull();
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
        assertThat(refusal.pointer()).isEqualTo("/cursor");
    }
}
