package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.registration.Admission;
import org.latchkey.oauth.registration.InitialTokens;
import org.latchkey.oauth.registration.InitialTokensEndpoint;
import org.latchkey.oauth.registration.Registration;
import org.latchkey.oauth.registration.RegistrationEndpoint;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryStore;

/** What {@code docs/clients.md} says is so. */
public class ClientsDocTest {

    private static final Pattern CURL = Pattern.compile("(?m)^    curl (.*(?:\\n {8,}.*)*)");
    private static final Pattern METHOD = Pattern.compile("-X (\\w+)");
    private static final Pattern PATH = Pattern.compile("\\$oidc(\\S*)");
    private static final Pattern HEADER = Pattern.compile("-H ([\"'])([^:]+): (.*?)\\1");
    private static final Pattern DATA = Pattern.compile("(?s)-d '(.*)'\\s*$");

    private final MemoryStore store = new MemoryStore();
    private final Clock clock = Clock.systemUTC();
    private final Issuer issuer = TestOffers.all().issuer();
    private final StoredClients clients = new StoredClients(store);
    private final Operators operators = new Operators(new TwoTokens());
    private final MemoryAudit log = new MemoryAudit();
    private final ClientAudit audit = new ClientAudit(log, "oidc");
    private final SectorIdentifier sectors = new SectorIdentifier(uri -> "[]");
    private final InitialTokens initialTokens = new InitialTokens(store, "oidc", clock);

    /** What the shell of the reader has. */
    private final Map<String, String> variables = new HashMap<>(Map.of("token", "root"));

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/clients.md"));
    }

    private Response answer(Asked request) throws IOException {
        if (request.path().equals(InitialTokensEndpoint.PATH)) {
            return new InitialTokensEndpoint(initialTokens, operators, audit, clock).handle(request);
        }
        if (request.path().startsWith(ClientsEndpoint.PATH)) {
            return new ClientsEndpoint(clients, issuer, TestOffers::all, sectors, operators, audit, clock)
                    .handle(request);
        }
        return new RegistrationEndpoint(new Registration(
                        clients,
                        issuer,
                        TestOffers::all,
                        sectors,
                        Admission.INITIAL_TOKEN,
                        initialTokens,
                        audit,
                        clock))
                .handle(request);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private String filled(String text) {
        String filled = text.replace("\"'$id'\"", "\"$id\"");
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            filled = filled.replace("$" + variable.getKey(), variable.getValue());
        }
        return filled;
    }

    private Asked request(String curl) {
        Asked request = Asked.of(
                first(METHOD, curl).orElse("GET"), filled(first(PATH, curl).orElseThrow()));
        Optional<String> data = first(DATA, curl);
        request = data.isPresent() ? request.withJson(filled(data.get())) : request;
        for (MatchResult header : HEADER.matcher(curl).results().toList()) {
            request = request.withHeader(header.group(2), filled(header.group(3)));
        }
        return request;
    }

    @Test
    public void everyExampleWorksInItsTurn() throws Exception {
        int count = 0;
        for (MatchResult example : CURL.matcher(page()).results().toList()) {
            Asked request = request(example.group(1));
            Response answer = answer(request);
            assertThat(answer.status()).as(example.group()).isIn(200, 201, 204);
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            Map<String, Object> json =
                    body.isEmpty() ? Map.of() : Json.object(body).orElseThrow();
            keep(json, "initial_access_token", "initial");
            keep(json, "registration_access_token", "registration");
            keep(json, "client_id", "id");
            count++;
        }
        assertThat(count).isEqualTo(9);
        assertThat(clients.list("oidc", "", 10).items())
                .extracting(StoredClient::id)
                .containsExactly("nightly", "pocket", "shop");
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes()).hasSize(2);
        for (AuditEvent event : log.events()) {
            String word = event.type().substring(event.type().lastIndexOf('.'));
            assertThat(page()).containsAnyOf("`" + event.type() + "`", "`" + word + "`");
        }
    }

    private void keep(Map<String, Object> json, String member, String variable) {
        if (json.containsKey(member)) {
            variables.put(variable, (String) json.get(member));
        }
    }

    @Test
    public void everyMemberIsListedAndNoOther() throws IOException {
        String table = page().substring(page().indexOf("| member |"));
        TreeSet<String> listed = new TreeSet<>();
        table.lines()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|")[1])
                .forEach(cell -> Pattern.compile("`([a-z_]+)`")
                        .matcher(cell)
                        .results()
                        .forEach(name -> listed.add(name.group(1))));
        assertThat(listed).isEqualTo(new TreeSet<>(Members.names()));
    }
}
