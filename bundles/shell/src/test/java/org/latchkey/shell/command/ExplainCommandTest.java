package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Explanation.Expected;
import org.latchkey.api.service.Operations;

public class ExplainCommandTest {

    private static Expected expected(String place, String when, String control) {
        return new Expected(place, "Main", "org.example", "1.0.0", "runs", "", when, control);
    }

    /** Explains a login with an authenticator and a change with a hook. */
    private static final class Oracle implements Authentication, Operations {

        @Override
        public Explanation explain(String id) {
            return explain(OPERATION, id)
                    .withAuthenticators(List.of(expected("Authenticator", "", "requisite")), List.of());
        }

        @Override
        public Explanation explain(String operation, String id) {
            List<Expected> hooks = List.of(expected("PreSecretChange", "secret", ""));
            return new Explanation(operation, id, List.of(), hooks, List.of(), List.of(), "refuse-root", "It is root.");
        }

        @Override
        public Optional<Principal> authenticate(Attempt attempt) {
            return Optional.empty();
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
            return false;
        }

        @Override
        public Map<String, List<String>> steps() {
            return Map.of();
        }
    }

    private final Oracle oracle = new Oracle();
    private final Console console = new Console().with(new ExplainCommand(oracle, oracle), "explain");

    @Test
    public void aLoginIsExplainedWithItsAuthenticators() throws Exception {
        assertThat(console.run("explain", "authentication", "ada"))
                .contains("asked  Authenticator", "Main (requisite)");
        assertThat(console.run("explain", "authentication", "ada", "--json")).contains("\"control\" : \"requisite\"");
    }

    @Test
    public void aChangeIsExplainedWithItsHooks() throws Exception {
        assertThat(console.run("explain", "entity-create", "ada"))
                .startsWith("would be refused by refuse-root: It is root.\n")
                .contains("runs  PreSecretChange (if a secret is given)")
                .doesNotContain("asked");
    }
}
