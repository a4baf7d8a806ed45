package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ClientMetadataTest {

    private static final Map<String, Object> WEB = Map.of("redirect_uris", List.of("https://app.example/cb"));

    private final ClientMetadata metadata = new ClientMetadata(TestOffers.all());

    private static Map<String, Object> with(Map<String, Object> base, Object... members) {
        Map<String, Object> all = new LinkedHashMap<>(base);
        for (int i = 0; i < members.length; i += 2) {
            all.put((String) members[i], members[i + 1]);
        }
        return all;
    }

    private void accepts(Map<String, Object> given) {
        assertThat(metadata.judge(given).faults()).as(given.toString()).isEmpty();
    }

    private void refuses(String pointer, Map<String, Object> given) {
        assertThat(metadata.judge(given).faults())
                .as(given.toString())
                .extracting(Fault::pointer)
                .containsExactly(pointer);
    }

    private void redirects(String kind, String uri, boolean isGood) {
        Map<String, Object> given = Map.of("application_type", kind, "redirect_uris", List.of(uri));
        assertThat(metadata.judge(given).faults())
                .as(kind + " " + uri)
                .hasSize(isGood ? 0 : 1)
                .allMatch(fault -> fault.pointer().equals("/redirect_uris/0"));
    }

    @Test
    public void defaultsAreFilledIn() {
        ClientMetadata.Judged judged = metadata.judge(WEB);
        assertThat(judged.faults()).isEmpty();
        assertThat(judged.metadata())
                .isEqualTo(with(
                        WEB,
                        "token_endpoint_auth_method",
                        "client_secret_basic",
                        "grant_types",
                        List.of("authorization_code"),
                        "response_types",
                        List.of("code"),
                        "application_type",
                        "web",
                        "subject_type",
                        "public",
                        "id_token_signed_response_alg",
                        "RS256"));
        assertThat(metadata.judge(judged.metadata()).metadata()).isEqualTo(judged.metadata());
        accepts(Map.of("grant_types", List.of("client_credentials")));
    }

    @Test
    public void o03_dangerousAndAmbiguousRedirectUrisAreRefused() {
        for (String kind : List.of("web", "native")) {
            for (String bad : List.of(
                    "javascript:alert(1)",
                    "JAVASCRIPT:alert(1)",
                    "javascript.x:alert(1)//#",
                    "data:text/html,x",
                    "vbscript:x",
                    "blob:https://a.example/x",
                    "file:///etc/passwd",
                    "myapp:/cb",
                    "myapp://cb",
                    "http://app.example/cb",
                    "http://127.0.0.1.evil.example/cb",
                    "http://10.0.0.1/cb",
                    "https:///cb",
                    "https://u@app.example/cb",
                    "https://app.example/c b",
                    "https://app.example/\u00e9",
                    "//app.example/cb",
                    "/cb",
                    "urn:x:y",
                    "https://app.example\\@evil.example/cb")) {
                redirects(kind, bad, false);
            }
            redirects(kind, "https://app.example/cb?x=1", true);
        }
    }

    @Test
    public void o03_onlyANativeApplicationIsOnThisMachineOrHasASchemeOfItsOwn() {
        for (String uri : List.of(
                "http://127.0.0.1/cb", "http://[::1]:7/cb", "http://localhost:3000/cb", "org.example.app:/cb")) {
            redirects("native", uri, true);
            redirects("web", uri, false);
        }
    }

    @Test
    public void whereTheServerItselfIsTriedOutWithoutTlsSoAreItsClients() {
        ClientMetadata trial = new ClientMetadata(TestOffers.at("http://127.0.0.1:8080"));
        assertThat(trial.judge(Map.of(
                                "redirect_uris",
                                List.of("http://127.0.0.1:9/cb", "http://localhost:9/cb"),
                                "backchannel_logout_uri",
                                "http://127.0.0.1:9/out"))
                        .faults())
                .isEmpty();
        assertThat(trial.judge(Map.of("redirect_uris", List.of("http://app.example/cb")))
                        .faults())
                .hasSize(1);
    }

    @Test
    public void oidcc_redirect_uri_regfrag() {
        redirects("web", "https://app.example/cb#frag", false);
        redirects("web", "https://app.example/cb#", false);
    }

    @Test
    public void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(metadata.judge(Map.of(
                                "redirect_uris",
                                List.of("https://ok.example/", "http://a.example/", "x"),
                                "client_name",
                                7,
                                "logo_uri",
                                "http://a.example/",
                                "token_endpoint_auth_method",
                                "magic"))
                        .faults())
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder(
                        "/redirect_uris/1",
                        "/redirect_uris/2",
                        "/client_name",
                        "/logo_uri",
                        "/token_endpoint_auth_method");
    }

    @Test
    public void shapes() {
        refuses("/redirect_uris", Map.of("redirect_uris", "https://app.example/cb"));
        refuses("/redirect_uris", Map.of("redirect_uris", List.of(1)));
        refuses("/redirect_uris", Map.of("redirect_uris", Collections.nCopies(51, "https://app.example/cb")));
        refuses("/redirect_uris", Map.of());
        refuses("/client_name", with(WEB, "client_name", ""));
        refuses("/client_name", with(WEB, "client_name", "a\nb"));
        refuses("/client_name", with(WEB, "client_name", "x".repeat(257)));
        refuses("/client_name#de", with(WEB, "client_name#de", 1));
        refuses("/contacts", with(WEB, "contacts", List.of("x".repeat(2_049))));
        refuses("/require_auth_time", with(WEB, "require_auth_time", "true"));
        refuses("/default_max_age", with(WEB, "default_max_age", -1));
        refuses("/default_max_age", with(WEB, "default_max_age", 1.5));
        accepts(with(WEB, "client_name", "Shop", "client_name#de", "Laden", "default_max_age", 0));
    }

    @Test
    public void o27_membersThatNobodyKnowsAreNotKept() {
        ClientMetadata.Judged judged = metadata.judge(with(
                WEB,
                "trusted",
                true,
                "owner",
                "root",
                "groups",
                List.of("wheel"),
                "client_id",
                "mine",
                "client_secret",
                "x",
                "software_statement",
                "e30",
                "client_name#<script>",
                "x",
                "scope#de",
                "x",
                "client_uri",
                null));
        assertThat(judged.metadata().keySet())
                .isEqualTo(metadata.judge(WEB).metadata().keySet());
        assertThat(judged.unknown())
                .containsExactlyInAnyOrder(
                        "trusted",
                        "owner",
                        "groups",
                        "client_id",
                        "client_secret",
                        "software_statement",
                        "client_name#<script>",
                        "scope#de");
    }

    @Test
    public void o27_whatIsNotOfferedIsRefused() {
        refuses("/scope", with(WEB, "scope", "openid admin"));
        refuses("/grant_types/1", with(WEB, "grant_types", List.of("authorization_code", "password")));
        refuses("/subject_type", with(WEB, "subject_type", "private"));
        refuses("/application_type", with(WEB, "application_type", "desktop"));
        refuses("/token_endpoint_auth_method", with(WEB, "token_endpoint_auth_method", "tls_client_auth"));
        accepts(with(WEB, "scope", "openid profile"));
    }

    @Test
    public void grantAndResponseTypesFit() {
        accepts(with(
                WEB,
                "response_types",
                List.of("id_token code", "code"),
                "grant_types",
                List.of("authorization_code", "implicit", "refresh_token")));
        accepts(with(WEB, "response_types", List.of("id_token"), "grant_types", List.of("implicit")));
        refuses(
                "/response_types/0",
                with(
                        WEB,
                        "response_types",
                        List.of("code token"),
                        "grant_types",
                        List.of("authorization_code", "implicit")));
        refuses("/grant_types", with(WEB, "response_types", List.of("code id_token")));
        refuses("/grant_types", with(WEB, "grant_types", List.of("authorization_code", "implicit")));
        refuses("/grant_types", with(WEB, "response_types", List.of("code"), "grant_types", List.of()));
        refuses(
                "/token_endpoint_auth_method",
                Map.of("token_endpoint_auth_method", "none", "grant_types", List.of("client_credentials")));
    }

    @Test
    public void urls() {
        for (String member : List.of(
                "client_uri",
                "logo_uri",
                "policy_uri",
                "tos_uri",
                "jwks_uri",
                "initiate_login_uri",
                "sector_identifier_uri",
                "backchannel_logout_uri",
                "logo_uri#de")) {
            accepts(with(WEB, member, "https://app.example/x"));
            for (String bad : List.of("http://app.example/x", "https://app.example/x#f", "javascript:x", "x")) {
                refuses("/" + member, with(WEB, member, bad));
            }
        }
        accepts(with(WEB, "frontchannel_logout_uri", "https://app.example/out"));
        refuses("/frontchannel_logout_uri", with(WEB, "frontchannel_logout_uri", "https://app.example:8/out"));
        refuses("/frontchannel_logout_uri", with(WEB, "frontchannel_logout_uri", "https://evil.example/out"));
        accepts(with(WEB, "request_uris", List.of("https://app.example/r#hash")));
        refuses("/request_uris/0", with(WEB, "request_uris", List.of("http://app.example/r")));
        accepts(with(WEB, "post_logout_redirect_uris", List.of("https://app.example/bye?x=1")));
        refuses("/post_logout_redirect_uris/0", with(WEB, "post_logout_redirect_uris", List.of("javascript:x")));
    }

    @Test
    public void pairwiseSubjectsHaveOneSector() {
        Map<String, Object> two = Map.of(
                "redirect_uris", List.of("https://a.example/cb", "https://b.example/cb"), "subject_type", "pairwise");
        refuses("/sector_identifier_uri", two);
        accepts(with(two, "sector_identifier_uri", "https://a.example/sector.json"));
        accepts(with(WEB, "subject_type", "pairwise"));
    }

    @Test
    public void everyMemberOfTheTableIsJudgedByItsShape() {
        for (String name : Members.names()) {
            assertThat(metadata.judge(with(WEB, name, Map.of("a", 1))).faults())
                    .as(name)
                    .extracting(Fault::member)
                    .containsExactly(name);
        }
    }
}
