package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Tokens;
import org.latchkey.testkit.MemoryDirectory;

public class AuthCommandsTest {

    private static final Principal ADA =
            new Principal("ada", "directory", Set.of("dev"), Set.of(Capability.LOCK_ENTITY));

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Gate gate = new Gate();
    private final Console console = new Console().with(new AuthCommands(gate, gate, directory), "auth");

    /** Knows one person with one secret, and one token. */
    private static final class Gate implements Authentication, Tokens {

        private Optional<Attempt> last = Optional.empty();
        private String good = "token-of-ada";

        @Override
        public Optional<Principal> authenticate(Attempt attempt) {
            last = Optional.of(attempt);
            boolean right = Arrays.equals(attempt.secret().orElseThrow().chars(), "right".toCharArray());
            return attempt.id().equals("ada") && right ? Optional.of(ADA) : Optional.empty();
        }

        @Override
        public Optional<Principal> authenticate(Attempt attempt, Set<String> authenticators) {
            return authenticate(attempt);
        }

        @Override
        public Decision decide(Caller caller, Principal principal, Set<String> groups) {
            return permits(caller, principal, groups) ? Decision.PERMITTED : Decision.DENIED;
        }

        @Override
        public boolean permits(Caller caller, Principal principal, Set<String> groups) {
            return true;
        }

        @Override
        public Explanation explain(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Token issue(Principal principal) {
            return new Token("token-of-" + principal.id(), Instant.parse("2026-01-01T00:10:00Z"));
        }

        @Override
        public Optional<Principal> validate(String token) {
            return token.equals(good) ? Optional.of(ADA) : Optional.empty();
        }

        @Override
        public String rotate() {
            return "key-2";
        }

        @Override
        public String keySet() {
            return "{}";
        }
    }

    @Test
    public void checkAnswersYesOrNo() throws Exception {
        assertThat(console.typing("right").run("auth", "check", "ada")).isEqualTo("authenticated as ada\n");
        assertThatThrownBy(() -> console.typing("wrong").run("auth", "check", "ada"))
                .isInstanceOf(Refusal.class)
                .hasMessage("Authentication failed.");
    }

    @Test
    public void theAttemptIsTheShellsAndItsSecretIsWipedAfterwards() throws Exception {
        console.typing("right").run("auth", "check", "ada");

        Attempt attempt = gate.last.orElseThrow();
        assertThat(attempt.caller()).isEqualTo(Caller.shell("request-1"));
        assertThat(attempt.secret())
                .hasValueSatisfying(secret -> assertThat(secret.length()).isZero());
    }

    @Test
    public void noSecretIsNoAttempt() {
        assertThatThrownBy(() -> console.typing("").run("auth", "check", "ada")).isInstanceOf(UsageException.class);
        assertThat(gate.last).isEmpty();
    }

    @Test
    public void anEndlessSecretIsRefused() {
        assertThatThrownBy(() -> console.typing("x".repeat(5000)).run("auth", "check", "ada"))
                .isInstanceOf(UsageException.class);
    }

    @Test
    public void tokensAreShownPlainOrAsJson() throws Exception {
        assertThat(console.typing("right").run("auth", "token", "ada")).isEqualTo("token-of-ada\n");
        assertThat(console.typing("right").run("auth", "token", "ada", "--json"))
                .contains("\"token\" : \"token-of-ada\"", "\"expires_at\" : \"2026-01-01T00:10:00Z\"");
    }

    @Test
    public void validateShowsWhoseTokenItIs() throws Exception {
        assertThat(console.run("auth", "validate", "token-of-ada"))
                .isEqualTo("id: ada\nsource: directory\ngroups: dev\ncapabilities: LOCK_ENTITY\n");
        assertThatThrownBy(() -> console.run("auth", "validate", "forged")).isInstanceOf(Refusal.class);
    }

    @Test
    public void netAuthsNamesDoTheSame() throws Exception {
        assertThat(console.typing("right").run("auth", "get-token", "ada")).isEqualTo("token-of-ada\n");
        assertThat(console.run("auth", "validate-token", "token-of-ada")).startsWith("id: ada\n");
    }

    @Test
    public void inspectShowsWhatATokenSaysAndWhetherItIsTrue() throws Exception {
        String header = base64("{\"alg\":\"RS256\"}");
        String forged = header + "." + base64("{\"sub\":\"ada\",\"groups\":[\"dev\"]}") + ".c2lnbmF0dXJl";

        assertThat(shownByNo("auth", "inspect-token", forged))
                .isEqualTo("valid: false\nheader.alg: RS256\nclaims.sub: ada\nclaims.groups: dev\n");
        gate.good = forged;
        assertThat(console.run("auth", "inspect-token", forged)).startsWith("valid: true\n");
        for (String none :
                new String[] {"", "a.b", "a.b.c", header + ".%." + header, header + "." + base64("[]") + "."}) {
            assertThatThrownBy(() -> console.run("auth", "inspect-token", none))
                    .as(none)
                    .isInstanceOf(UsageException.class);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What a command shows whose answer is no. */
    private String shownByNo(String... words) {
        assertThatThrownBy(() -> console.run(words)).isInstanceOf(NegativeAnswer.class);
        return console.shown();
    }

    @Test
    public void changeSecretAsksForTheNewOne() throws Exception {
        directory.entities.put("ada", Entity.named("ada"));

        console.typing("new words").run("auth", "change-secret", "ada");

        assertThat(directory.secrets).containsEntry("ada", "new words");
    }

    @Test
    public void rotateKeysNamesTheNewKey() throws Exception {
        assertThat(console.run("auth", "rotate-keys")).isEqualTo("signs with key key-2\n");
    }
}
