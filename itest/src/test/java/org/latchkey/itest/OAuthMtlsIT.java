package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.ClientAuthority;
import org.latchkey.itest.oauth.ClientAuthority.Identity;
import org.latchkey.itest.oauth.MtlsClient;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Ports;
import org.latchkey.itest.server.Server;

/** Certificates as proof of who a client is and of whose a token is (RFC 8705), against real connections of TLS. */
public class OAuthMtlsIT {

    private static final String CALLBACK = "https://app.example.org/callback";
    private static final String SECRET = "correct horse battery";
    private static final String DN = "CN=app,O=Example,C=DE";
    private static final Map<String, String> FOR_ITSELF =
            Map.of("grant_type", "client_credentials", "client_id", "job");

    private static final ClientAuthority AUTHORITY = new ClientAuthority("CN=Clients");
    private static final ClientAuthority STRANGER = new ClientAuthority("CN=Clients");
    private static final Identity SERVER = AUTHORITY.issue("server", "CN=localhost", "-ext", "san=ip:127.0.0.1");
    private static final Identity APP = AUTHORITY.issue("app", DN, "-ext", "san=dns:app.example.org", "-ext", "eku=cA");
    private static final Identity OTHER = AUTHORITY.issue("other", "CN=other,O=Example,C=DE");
    private static final Identity ITSELF = STRANGER.selfSigned("itself", "CN=anything");
    private static final Path FILES = AUTHORITY.files(SERVER);
    private static final int HTTPS = Ports.free();
    private static final int MTLS = Ports.free();

    @ClassRule
    public static final Server server = start();

    private static Server start() {
        Server server = new Server();
        return server.with("LATCHKEY_HTTPS_PORT", String.valueOf(HTTPS))
                .with("LATCHKEY_MTLS_PORT", String.valueOf(MTLS))
                .with("LATCHKEY_TLS_CERTIFICATE", FILES.resolve("tls.crt").toString())
                .with("LATCHKEY_TLS_KEY", FILES.resolve("tls.key").toString())
                .with("LATCHKEY_PUBLIC_URL", "http://127.0.0.1:" + server.port())
                .withEtc("latchkey.mtls", authorities())
                .withEtc("latchkey.oauth-main", "latchkey.mount=\"oidc\"", "scopes=[\"read\"]")
                .withEtc("latchkey.oauth-bank", "latchkey.mount=\"bank\"", "profile=\"fapi2\"");
    }

    private static String authorities() {
        return "authorities=\"" + AUTHORITY.pem() + "\"";
    }

    private final String issuer = "http://127.0.0.1:" + server.port() + "/oidc";
    private final Party open = new Party(issuer, "open", Optional.empty(), CALLBACK);
    private final MtlsClient app = client(APP);
    private final MtlsClient other = client(OTHER);
    private final MtlsClient nobody = new MtlsClient("https://127.0.0.1:" + MTLS, SERVER, Optional.empty());

    private static MtlsClient client(Identity shown) {
        return new MtlsClient("https://127.0.0.1:" + MTLS, SERVER, Optional.of(shown));
    }

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        Http root = server.root();
        await(60, () -> root.serves("org.latchkey.oauth"));
        await(
                60,
                () -> root.get("/oidc/clients").status() == 200
                        && root.get("/bank/clients").status() == 200);
        root.post("/api/v1/entities", Map.of("id", "ada", "secret", SECRET));
        // Another way to write the same name: blanks, case and an escape count for nothing.
        make(
                "/oidc/clients/job",
                service("tls_client_auth", "tls_client_auth_subject_dn", "cn = App, o=\\45xample,C=de"));
        make("/oidc/clients/turned", service("tls_client_auth", "tls_client_auth_subject_dn", "C=DE,O=Example,CN=app"));
        make("/oidc/clients/host", service("tls_client_auth", "tls_client_auth_san_dns", "APP.example.org"));
        make("/oidc/clients/itself", service("self_signed_tls_client_auth", "jwks", jwks(ITSELF)));
        make("/oidc/clients/web", web("tls_client_auth", "tls_client_auth_subject_dn", DN));
        make("/oidc/clients/open", web("none", "client_name", "Open"));
        Map<String, Object> bank = new HashMap<>(web("self_signed_tls_client_auth", "jwks", jwks(ITSELF)));
        bank.keySet().removeAll(List.of("trusted"));
        make("/bank/clients/bank", bank);
    }

    private static void make(String path, Map<String, Object> metadata) {
        Http.Answer made = server.root().put(path, metadata);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
    }

    private static Map<String, Object> service(String method, String member, Object value) {
        return Map.of(
                "grant_types",
                List.of("client_credentials"),
                "response_types",
                List.of(),
                "redirect_uris",
                List.of(),
                "scope",
                "read",
                "token_endpoint_auth_method",
                method,
                "tls_client_certificate_bound_access_tokens",
                true,
                member,
                value);
    }

    private static Map<String, Object> web(String method, String member, Object value) {
        return Map.of(
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "redirect_uris",
                List.of(CALLBACK),
                "token_endpoint_auth_method",
                method,
                "tls_client_certificate_bound_access_tokens",
                true,
                "trusted",
                true,
                member,
                value);
    }

    private static Map<String, Object> jwks(Identity identity) {
        try {
            return Map.of(
                    "keys",
                    List.of(com.nimbusds.jose.jwk.ECKey.parse(identity.certificate())
                            .toJSONObject()));
        } catch (com.nimbusds.jose.JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    public void rfc8705_2_1_aClientIsKnownByANameThatAnAuthorityVouchesFor() {
        Answer tokens = app.post("/oidc/token", FOR_ITSELF);
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        assertThat(tokens.text("token_type")).isEqualTo("Bearer");
        String token = tokens.text("access_token");
        assertThat(certificate(Party.claims(token))).isEqualTo(MtlsClient.thumbprint(APP));
        JsonNode told = app.post("/oidc/introspect", Map.of("client_id", "job", "token", token))
                .json();
        assertThat(told.path("active").asBoolean()).isTrue();
        assertThat(certificate(told)).isEqualTo(MtlsClient.thumbprint(APP));
        assertThat(app.post("/oidc/token", as("host")).status()).isEqualTo(200);
    }

    private static String certificate(JsonNode claims) {
        return claims.path("cnf").path("x5t#S256").asText();
    }

    private static Map<String, String> as(String client) {
        return Map.of("grant_type", "client_credentials", "client_id", client);
    }

    @Test
    public void o24_whoseCertificateIsNotGoodIsNotThatClient() {
        refused(nobody, "job");
        refused(other, "job");
        refused(client(STRANGER.issue("app", DN)), "job");
        refused(client(STRANGER.selfSigned("own", DN)), "job");
        refused(client(AUTHORITY.issue("late", DN, "-startdate", "-3d", "-validity", "1")), "job");
        refused(client(AUTHORITY.issue("early", DN, "-startdate", "+2d", "-validity", "9")), "job");
        refused(client(AUTHORITY.issue("server2", DN, "-ext", "eku=sA")), "job");
        refused(client(AUTHORITY.issue("paper", DN, "-ext", "ku=keyCertSign")), "job");
        refused(app, "turned"); // the order of a name is part of it
        refused(client(AUTHORITY.issue("any", "CN=any", "-ext", "san=dns:*.example.org")), "host");
        refused(new MtlsClient("https://127.0.0.1:" + HTTPS, SERVER, Optional.of(APP)), "job"); // asks nobody
        Map<String, String> withSecret = new HashMap<>(FOR_ITSELF);
        withSecret.put("client_secret", "guess");
        assertThat(app.post("/oidc/token", withSecret).status()).isEqualTo(401);
    }

    private static void refused(MtlsClient who, String client) {
        Answer answer = who.post("/oidc/token", as(client));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(401);
        assertThat(answer.text("error")).isEqualTo("invalid_client");
    }

    @Test
    public void rfc8705_2_2_aClientIsKnownByTheCertificateThatItIsRegisteredWith() {
        Answer tokens = client(ITSELF).post("/oidc/token", as("itself"));
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        assertThat(certificate(Party.claims(tokens.text("access_token")))).isEqualTo(MtlsClient.thumbprint(ITSELF));
        refused(client(STRANGER.selfSigned("copy", "CN=anything")), "itself");
        refused(app, "itself");
    }

    @Test
    public void o24_aBoundTokenIsOfNoUseWithAnotherCertificate() {
        Party party = new Party(issuer, "web", Optional.empty(), CALLBACK);
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "web",
                "redirect_uri",
                CALLBACK,
                "code",
                party.code(browser(), Map.of(), "ada", SECRET));
        assertThat(other.post("/oidc/token", form).text("error"))
                .as("a stolen code")
                .isEqualTo("invalid_client");
        Answer tokens = app.post("/oidc/token", form);
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        String token = tokens.text("access_token");
        Answer told = app.get("/oidc/userinfo", "Authorization", "Bearer " + token);
        assertThat(told.text("sub")).isEqualTo("ada");
        for (MtlsClient thief : List.of(other, nobody, client(ITSELF))) {
            notGood(thief.get("/oidc/userinfo", "Authorization", "Bearer " + token));
        }
        notGood(party.userInfo(token));
        Map<String, String> forged = Map.of("Authorization", "Bearer " + token, "Client-Cert", forwarded(APP));
        notGood(party.userInfo(forged));
        assertThat(app.get("/oidc/userinfo", "Authorization", "DPoP " + token).status())
                .isEqualTo(401);
    }

    private static void notGood(Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(401);
        assertThat(answer.text("error")).isEqualTo("invalid_token");
        assertThat(answer.response().headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("error=\"invalid_token\"");
    }

    private static Browser browser() {
        return new Browser("http://127.0.0.1:" + server.port());
    }

    @Test
    public void rfc8705_4_refreshTokensOfPublicClientsAreForOneCertificate() {
        String verifier = Party.verifier();
        Map<String, String> pkce = Map.of("code_challenge", Party.challenge(verifier), "code_challenge_method", "S256");
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "open",
                "redirect_uri",
                CALLBACK,
                "code_verifier",
                verifier,
                "code",
                open.code(browser(), pkce, "ada", SECRET));
        assertThat(nobody.post("/oidc/token", form).text("error"))
                .as("nothing to bind it to")
                .isEqualTo("invalid_request");
        Answer tokens = client(ITSELF).post("/oidc/token", form);
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        Map<String, String> refresh = Map.of(
                "grant_type", "refresh_token",
                "client_id", "open",
                "refresh_token", tokens.text("refresh_token"));
        assertThat(app.post("/oidc/token", refresh).text("error")).isEqualTo("invalid_grant");
        Answer next = client(ITSELF).post("/oidc/token", refresh);
        assertThat(certificate(Party.claims(next.text("access_token")))).isEqualTo(MtlsClient.thumbprint(ITSELF));
    }

    /** A header counts from a proxy that the operator names; then nothing else of that proxy does. */
    @Test
    public void o24_aForwardedCertificateCountsFromATrustedProxyAlone() {
        assertThat(byHeader(APP).status()).as("nobody is trusted").isEqualTo(401);
        assertThat(nobody.get("/oidc/jwks", "Client-Cert", forwarded(APP)).status())
                .isEqualTo(200);
        try {
            Etc.configure(server, "latchkey.mtls", authorities(), "proxies=[\"127.0.0.1\"]");
            await(30, () -> byHeader(APP).status() == 200);
            assertThat(byHeader(OTHER).status()).isEqualTo(401);
            assertThat(byHeader(STRANGER.issue("forwarded", DN)).status()).isEqualTo(401);
            refused(app, "job"); // the proxy's own certificate is not its client's
            Etc.configure(server, "latchkey.mtls", authorities(), "proxies=[\"192.0.2.7\"]");
            await(30, () -> byHeader(APP).status() == 401);
        } finally {
            Etc.configure(server, "latchkey.mtls", authorities());
        }
        await(30, () -> app.post("/oidc/token", FOR_ITSELF).status() == 200);
    }

    private Answer byHeader(Identity identity) {
        return Party.send(HttpRequest.newBuilder(java.net.URI.create(issuer + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Client-Cert", forwarded(identity))
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id=job")));
    }

    /** RFC 9440, 2.2. */
    private static String forwarded(Identity identity) {
        try {
            return ":"
                    + Base64.getEncoder().encodeToString(identity.certificate().getEncoded()) + ":";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    public void o24_aResumedSessionOfTlsHasTheCertificateThatItBeganWith() throws IOException {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            SSLContext one = client(APP).context();
            Told first = ask(one, protocol);
            Told second = ask(one, protocol);
            assertThat(first.answer()).contains("HTTP/1.1 200");
            assertThat(second.answer()).contains("HTTP/1.1 200");
            assertThat(second.began()).as(protocol + ": it is the same session").isEqualTo(first.began());
            assertThat(ask(client(OTHER).context(), protocol).answer()).contains("HTTP/1.1 401");
            assertThat(ask(nobody.context(), protocol).answer()).contains("HTTP/1.1 401");
        }
    }

    /** An answer, and when the session of TLS began that it came in. */
    private record Told(String answer, long began) {}

    private static Told ask(SSLContext context, String protocol) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", MTLS)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setSoTimeout(30_000);
            String body = "grant_type=client_credentials&client_id=job";
            socket.getOutputStream()
                    .write(("POST /oidc/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Told(answer, socket.getSession().getCreationTime());
        }
    }

    @Test
    public void rfc8705_5_theMetadataSayWhatThereIsNow() {
        JsonNode metadata = metadata();
        assertThat(metadata.path("tls_client_certificate_bound_access_tokens").asBoolean())
                .isTrue();
        assertThat(metadata.path("token_endpoint").asText()).isEqualTo(issuer + "/token");
        String there = "https://127.0.0.1:" + MTLS + "/oidc";
        JsonNode aliases = metadata.path("mtls_endpoint_aliases");
        assertThat(aliases.path("token_endpoint").asText()).isEqualTo(there + "/token");
        assertThat(aliases.path("pushed_authorization_request_endpoint").asText())
                .isEqualTo(there + "/par");
        assertThat(methods()).contains("\"tls_client_auth\"", "\"self_signed_tls_client_auth\"");
        try {
            Etc.configure(server, "latchkey.mtls", "httpsPort=\"none\"");
            await(30, () -> !methods().contains("\"tls_client_auth\""));
            assertThat(methods()).contains("\"self_signed_tls_client_auth\"");
            refused(app, "job");
        } finally {
            Etc.configure(server, "latchkey.mtls", authorities());
        }
        await(30, () -> methods().contains("\"tls_client_auth\""));
    }

    private JsonNode metadata() {
        return open.get("/.well-known/openid-configuration").json();
    }

    private String methods() {
        return metadata().path("token_endpoint_auth_methods_supported").toString();
    }

    @Test
    public void rfc8705_2_1_2_aClientSaysExactlyOneNameOfItsCertificate() {
        Map<String, Object> two = new HashMap<>(service("tls_client_auth", "tls_client_auth_san_dns", "a.example.org"));
        two.put("tls_client_auth_san_ip", "192.0.2.1");
        Map<String, Object> none = new HashMap<>(two);
        none.keySet().removeAll(List.of("tls_client_auth_san_dns", "tls_client_auth_san_ip"));
        for (Map<String, Object> each : List.of(
                two,
                none,
                service("tls_client_auth", "tls_client_auth_subject_dn", "no name"),
                service("tls_client_auth", "tls_client_auth_san_ip", "localhost"),
                service("self_signed_tls_client_auth", "client_name", "no keys"))) {
            Http.Answer answer = server.root().put("/oidc/clients/wrong", each);
            assertThat(answer.status()).as(each + " " + answer.body()).isEqualTo(400);
        }
    }

    /** Bash runs what {@code docs/mtls.md} shows, where there is an openssl. */
    @Test
    public void theFiveMinutesOfThePageAreSo() throws IOException {
        assumeTrue("openssl is needed", Files.isExecutable(Path.of("/usr/bin/openssl")));
        String page = Files.readString(Path.of("../bundles/oauth/docs/mtls.md"));
        int start = page.indexOf("```sh\n") + 6;
        String script = "oidc=" + issuer + "\nmtls=https://127.0.0.1:" + MTLS + "/oidc\ntoken="
                + server.root().token().orElseThrow() + "\nca=" + AUTHORITY.pem() + "\n"
                + page.substring(start, page.indexOf("```", start));
        Server.Answer answer = Server.run(
                new ProcessBuilder("bash", "-eu", "-c", script)
                        .directory(Files.createTempDirectory("five").toFile()),
                "");
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isEqualTo(0);
        assertThat(answer.out()).contains("\"client_id\":\"nightly\"", "\"access_token\":");
    }

    /** FAPI 2.0 takes certificates in place of DPoP and private_key_jwt. */
    @Test
    public void row143_theProfileOfBanksTakesCertificates() {
        MtlsClient bank = client(ITSELF);
        Party party = new Party("http://127.0.0.1:" + server.port() + "/bank", "bank", Optional.empty(), CALLBACK);
        String verifier = Party.verifier();
        Map<String, String> pkce = Map.of("code_challenge", Party.challenge(verifier), "code_challenge_method", "S256");
        Answer pushed = bank.post("/bank/par", party.asked(pkce));
        assertThat(pushed.status()).as(pushed.json().toString()).isEqualTo(201);
        Browser browser = browser();
        Browser.Page shown = browser.get(party.pushedRequest(pushed));
        Map<String, String> answer = Party.parameters(party.signIn(browser, shown, "ada", SECRET));
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "bank",
                "redirect_uri",
                CALLBACK,
                "code_verifier",
                verifier,
                "code",
                answer.getOrDefault("code", ""));
        assertThat(app.post("/bank/token", form).text("error")).isEqualTo("invalid_client");
        Answer tokens = bank.post("/bank/token", form);
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        String token = tokens.text("access_token");
        assertThat(certificate(Party.claims(token))).isEqualTo(MtlsClient.thumbprint(ITSELF));
        assertThat(bank.get("/bank/userinfo", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
        notGood(app.get("/bank/userinfo", "Authorization", "Bearer " + token));
    }
}
