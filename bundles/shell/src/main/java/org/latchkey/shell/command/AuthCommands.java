package org.latchkey.shell.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.DirectoryWriter;
import org.latchkey.api.service.Tokens;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Secrets and tokens (NetAuth's {@code auth} commands). Secrets are asked for and never part of the command. */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "auth")
@ServiceRanking(Integer.MAX_VALUE)
public final class AuthCommands implements Command {

    private final Authentication authentication;
    private final Tokens tokens;
    private final DirectoryWriter writer;

    private final Topic topic = new Topic(
            "auth",
            new Verb("check", "ID", this::check),
            new Verb("token", "ID [--json]", this::token),
            new Verb("get-token", "ID [--json]", this::token),
            new Verb("validate", "TOKEN [--json]", this::validate),
            new Verb("validate-token", "TOKEN [--json]", this::validate),
            new Verb("inspect-token", "TOKEN [--json]", this::inspect),
            new Verb("change-secret", "ID", this::changeSecret),
            new Verb("rotate-keys", "", this::rotateKeys));

    @Activate
    public AuthCommands(
            @Reference Authentication authentication, @Reference Tokens tokens, @Reference DirectoryWriter writer) {
        this.authentication = authentication;
        this.tokens = tokens;
        this.writer = writer;
    }

    @Override
    public Stream<String> usage(String command) {
        return topic.usage();
    }

    @Descriptor("secrets and tokens: check, issue, validate, inspect, change, rotate keys")
    public void auth(CommandSession session, String[] words) throws IOException {
        topic.run(session, words);
    }

    private void check(Arguments arguments, Terminal terminal) throws IOException {
        terminal.print(
                "authenticated as " + authenticate(arguments.word(0), terminal).id());
    }

    private Principal authenticate(String id, Terminal terminal) throws IOException {
        try (Secret secret = terminal.secret()) {
            return authentication
                    .authenticate(new Attempt(id, Optional.of(secret), terminal.caller()))
                    .orElseThrow(() -> no("Authentication failed."));
        }
    }

    private static Refusal no(String why) {
        return Refusal.of(Refusal.Kind.UNAUTHENTICATED, "unauthenticated", why);
    }

    private void token(Arguments arguments, Terminal terminal) throws IOException {
        Tokens.Token token = tokens.issue(authenticate(arguments.word(0), terminal));
        if (arguments.wantsJson()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("token", token.value());
            json.put("expires_at", token.expiresAt().toString());
            terminal.json(json);
        } else {
            terminal.print(token.value());
        }
    }

    private void validate(Arguments arguments, Terminal terminal) throws IOException {
        Principal principal = tokens.validate(arguments.word(0)).orElseThrow(() -> no("The token is not valid."));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", principal.id());
        json.put("source", principal.source());
        json.put("groups", principal.groups());
        json.put("capabilities", principal.capabilities());
        Details.show(json, arguments, terminal);
    }

    /** What a token says, and whether it is valid now. The answer is no if it is not: whoever made it may have lied. */
    private void inspect(Arguments arguments, Terminal terminal) throws IOException {
        String token = arguments.word(0);
        boolean valid = tokens.validate(token).isPresent();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("valid", valid);
        json.putAll(TokenText.read(token));
        Details.show(json, arguments, terminal);
        if (!valid) {
            throw new NegativeAnswer();
        }
    }

    private void changeSecret(Arguments arguments, Terminal terminal) throws IOException {
        try (Secret secret = terminal.secret()) {
            writer.changeSecret(terminal.caller(), arguments.word(0), secret, Optional.empty());
        }
        terminal.print("changed the secret of " + arguments.word(0));
    }

    private void rotateKeys(Arguments arguments, Terminal terminal) {
        terminal.print("signs with key " + tokens.rotate());
    }
}
