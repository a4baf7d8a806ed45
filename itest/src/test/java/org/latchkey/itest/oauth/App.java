package org.latchkey.itest.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Server;

/** An app that makes one-time passwords (RFC 6238), by another library than the server's. */
public final class App {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final long STEP = 30;

    private final SecretKeySpec key;
    private final List<String> recovery;
    private long last = -1;

    private App(String key, List<String> recovery) {
        this.key = new SecretKeySpec(decoded(key), "HmacSHA1");
        this.recovery = recovery;
    }

    /** Sets one up at the server, as its owner does; they may be signed in before. */
    public static App of(Browser browser, String name, String password) {
        Page menu = menu(browser, name, password);
        assertThat(menu.html()).contains("id=\"begin\"");
        Page shown = browser.post("/totp/change", with(menu, Map.of("do", "begin")));
        assertThat(shown.html()).contains("data:image/svg+xml;base64,", "otpauth:");
        App app = new App(key(shown), new ArrayList<>());
        Page done = browser.post("/totp/confirm", with(shown, Map.of("answer", app.next())));
        assertThat(done.status()).as(done.html()).isEqualTo(200);
        Matcher codes = Pattern.compile("<li><code>([a-z0-9-]+)</code>").matcher(done.html());
        while (codes.find()) {
            app.recovery.add(codes.group(1));
        }
        assertThat(app.recovery).hasSize(10);
        return app;
    }

    /** What is shown at {@code /totp} to who types a password there if asked. */
    public static Page menu(Browser browser, String name, String password) {
        Page page = browser.get("/totp");
        if (page.html().contains("id=\"login-form\"")) {
            Page in = browser.post("/totp/login", with(page, Map.of("username", name, "password", password)));
            assertThat(in.location()).as(in.html()).isEqualTo("/totp");
            page = browser.get("/totp");
        }
        return page;
    }

    /** The key that a page shows. */
    public static String key(Page shown) {
        Matcher key = Pattern.compile("<code id=\"key\">([A-Z2-7]+)</code>").matcher(shown.html());
        assertThat(key.find()).as(shown.html()).isTrue();
        return key.group(1);
    }

    /** The hidden fields of a form, and these. */
    public static Map<String, String> with(Page shown, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(shown.hidden());
        form.putAll(more);
        return form;
    }

    public List<String> recovery() {
        return recovery;
    }

    /** A password that was not asked for before, and that the server takes now; waits for it if it has to. */
    public String next() {
        last = Math.max(last + 1, Instant.now().getEpochSecond() / STEP);
        Server.await(90, () -> Instant.now().getEpochSecond() / STEP >= last - 1);
        return password(last);
    }

    /** The last one once more. */
    public String again() {
        return password(last);
    }

    private String password(long step) {
        try {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(key, Instant.ofEpochSecond(step * STEP));
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] decoded(String base32) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int bits = 0;
        int count = 0;
        for (char letter : base32.toCharArray()) {
            bits = (bits << 5 | LETTERS.indexOf(letter)) & 0xfff;
            count += 5;
            if (count >= 8) {
                count -= 8;
                bytes.write(bits >> count & 0xff);
            }
        }
        return bytes.toByteArray();
    }
}
