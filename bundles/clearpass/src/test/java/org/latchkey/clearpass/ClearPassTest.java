package org.latchkey.clearpass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.RSADecrypter;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Caller;
import org.latchkey.api.Claims;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;

/** Row 86: the password of a sign-in, for the eyes of chosen applications alone. */
public class ClearPassTest {

    private static final String PASSWORD = "correct horse bättery";
    private static final Caller CALLER = new Caller("anonymous", Set.of(), "r1", "127.0.0.1", false);

    @Rule
    public final TemporaryFolder etc = new TemporaryFolder();

    private final AtomicLong nanos = new AtomicLong();
    private KeyPair portal;
    private KeyPair wiki;

    @Before
    public void makeKeys() throws Exception {
        portal = keys("RSA", 2048);
        wiki = keys("RSA", 2048);
        write("portal.pem", portal);
        write("wiki.pem", wiki);
    }

    private static KeyPair keys(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private void write(String file, KeyPair keys) throws IOException {
        String encoded = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
        Files.writeString(
                etc.getRoot().toPath().resolve(file),
                "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
    }

    private ClearPass clearPass(String... recipients) {
        return new ClearPass(List.of(recipients), etc.getRoot().toPath(), nanos::get);
    }

    private static void signIn(ClearPass clearPass, String id) {
        try (Secret secret = Secret.of(PASSWORD.toCharArray())) {
            clearPass.postAuthCheck(Entity.named(id), new Attempt(id, Optional.of(secret), CALLER));
        }
    }

    private static Claims claims(ClearPass clearPass, String id, String source) {
        return clearPass.claims(new Principal(id, source, Set.of(), Set.of()));
    }

    private static String opened(Claims claims, String attribute, KeyPair keys) throws Exception {
        JWEObject sealed = JWEObject.parse(claims.extra().get(attribute).get(0));
        sealed.decrypt(new RSADecrypter(keys.getPrivate()));
        return sealed.getPayload().toString();
    }

    @Test
    public void row86_eachApplicationCanOpenItsOwnAndNoOther() throws Exception {
        ClearPass clearPass = clearPass("portal_credential=portal.pem", "wiki_credential = wiki.pem");
        signIn(clearPass, "ada");
        Claims claims = claims(clearPass, "ada", "directory");
        assertThat(opened(claims, "portal_credential", portal)).isEqualTo(PASSWORD);
        assertThat(opened(claims, "wiki_credential", wiki)).isEqualTo(PASSWORD);
        assertThatThrownBy(() -> opened(claims, "wiki_credential", portal)).isNotNull();
        assertThat(claims.toString()).doesNotContain(PASSWORD);
        signIn(clearPass, "ada");
        assertThat(claims(clearPass, "ada", "directory"))
                .as("the same password looks different")
                .isNotEqualTo(claims);
    }

    @Test
    public void row86_nobodyGetsWhatSomebodyElseTyped() {
        ClearPass clearPass = clearPass("portal_credential=portal.pem");
        signIn(clearPass, "ada");
        assertThat(claims(clearPass, "bob", "directory")).isEqualTo(Claims.NONE);
        assertThat(claims(clearPass, "ada", "org.example.recognizer")).isEqualTo(Claims.NONE);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));
        assertThat(claims(clearPass, "ada", "directory")).isEqualTo(Claims.NONE);
    }

    @Test
    public void row86_withoutTheGrantNothingIsHandedOnAndTheSignInGoesOn() {
        ClearPass clearPass = clearPass("portal_credential=portal.pem");
        Entity ada = Entity.named("ada");
        assertThat(clearPass.postAuthCheck(ada, new Attempt("ada", Optional.empty(), CALLER)))
                .isSameAs(ada);
        assertThat(claims(clearPass, "ada", "directory")).isEqualTo(Claims.NONE);
    }

    @Test
    public void aRecipientWithoutAGoodKeyIsRefused() throws Exception {
        write("short.pem", keys("RSA", 1024));
        write("curve.pem", keys("EC", 256));
        Files.writeString(etc.getRoot().toPath().resolve("none.pem"), "nothing");
        for (String line : List.of(
                "portal.pem",
                "=portal.pem",
                "a b=portal.pem",
                "a=",
                "a=missing.pem",
                "a=short.pem",
                "a=curve.pem",
                "a=none.pem")) {
            assertThatThrownBy(() -> clearPass(line)).as(line).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> clearPass("a=portal.pem", "a=wiki.pem")).hasMessageContaining("one attribute");
    }
}
