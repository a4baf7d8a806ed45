package org.latchkey.itest.oauth;

import static org.latchkey.itest.server.Browser.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;

/**
 * A relying party as its author would write it by hand: sends a browser to the authorization endpoint and talks to the others
 * itself.
 */
public final class Party {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String issuer;
    private final String id;
    private final Optional<String> secret;
    private final String redirectUri;

    /** A JSON answer. */
    public record Answer(int status, JsonNode json, HttpResponse<String> response) {

        public String text(String name) {
            return json.path(name).asText();
        }
    }

    /** @param secret of a confidential client, sent by Basic authentication */
    public Party(String issuer, String id, Optional<String> secret, String redirectUri) {
        this.issuer = issuer;
        this.id = id;
        this.secret = secret;
        this.redirectUri = redirectUri;
    }

    public String id() {
        return id;
    }

    public String redirectUri() {
        return redirectUri;
    }

    /** A verifier for PKCE. */
    public static String verifier() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    public static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The path and query of an authorization request; an empty value leaves a parameter out. */
    public String request(Map<String, String> more) {
        return path("/authorize") + "?" + query(asked(more));
    }

    /** The parameters of an authorization request. */
    public Map<String, String> asked(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("response_type", "code");
        all.put("client_id", id);
        all.put("redirect_uri", redirectUri);
        all.put("scope", "openid");
        all.put("state", "st-1");
        all.putAll(more);
        all.values().removeIf(String::isEmpty);
        return all;
    }

    private static String query(Map<String, String> all) {
        return all.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Signs somebody in at the page that is shown, and allows what is asked for; gives the last answer. */
    public Page signIn(Browser browser, Page shown, String name, String password) {
        Map<String, String> form = new LinkedHashMap<>(shown.hidden());
        form.put("username", name);
        form.put("password", password);
        return allow(browser, browser.post(path("/login"), form));
    }

    /** Allows what is asked for, if the page asks. */
    public Page allow(Browser browser, Page shown) {
        if (!shown.html().contains("id=\"consent-approve\"")) {
            return shown;
        }
        Map<String, String> form = new LinkedHashMap<>(shown.hidden());
        form.put("approve", "true");
        return browser.post(path("/consent"), form);
    }

    /** The whole way to a code. */
    public String code(Browser browser, Map<String, String> more, String name, String password) {
        Page shown = browser.get(request(more));
        Page end = shown.location().isEmpty() ? signIn(browser, shown, name, password) : shown;
        return parameters(end).getOrDefault("code", "");
    }

    /** Asks for the end of the session, and gives what the browser is shown; an empty value leaves a parameter out. */
    public Page logOut(Browser browser, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.values().removeIf(String::isEmpty);
        return browser.get(path("/end-session") + (all.isEmpty() ? "" : "?" + query(all)));
    }

    /** Says yes on the page that asks whether to sign out. */
    public Page confirmLogOut(Browser browser, Page shown) {
        return browser.post(path("/end-session/confirm"), shown.hidden());
    }

    private String path(String below) {
        return URI.create(issuer).getPath() + below;
    }

    /** The parameters of the address that an answer redirects to, of its query or its fragment. */
    public static Map<String, String> parameters(Page page) {
        Map<String, String> all = new LinkedHashMap<>();
        String[] parts = page.location().split("[?#]", 2);
        if (parts.length == 2) {
            for (String each : parts[1].split("[&#]")) {
                String[] pair = each.split("=", 2);
                all.put(pair[0], URLDecoder.decode(pair.length == 2 ? pair[1] : "", StandardCharsets.UTF_8));
            }
        }
        return all;
    }

    /** Tokens for a code. */
    public Answer redeem(String code, Map<String, String> more) {
        return redeem(code, more, Map.of());
    }

    /** Tokens for a code, with a proof of a key. */
    public Answer redeem(String code, Map<String, String> more, Map<String, String> proof) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.putAll(more);
        return post("/token", form, proof);
    }

    public Answer refresh(String refreshToken) {
        return post("/token", Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    /** A form to an endpoint, with this client's credentials. */
    public Answer post(String below, Map<String, String> form) {
        return post(below, form, Map.of());
    }

    /** A form with more headers. */
    public Answer post(String below, Map<String, String> form, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(form);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(issuer + below))
                .header("Content-Type", "application/x-www-form-urlencoded");
        headers.forEach(request::header);
        if (secret.isPresent()) {
            String pair = encoded(id) + ":" + encoded(secret.get());
            String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + basic);
        } else {
            all.putIfAbsent("client_id", id);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(query(all))));
    }

    /** Pushes a request; an empty value leaves a parameter out. */
    public Answer push(Map<String, String> more) {
        return post("/par", asked(more));
    }

    /** The path and query of a request that was pushed. */
    public String pushedRequest(Answer pushed) {
        return pushedRequest(pushed.text("request_uri"));
    }

    public String pushedRequest(String requestUri) {
        return path("/authorize") + "?client_id=" + encoded(id) + "&request_uri=" + encoded(requestUri);
    }

    public Answer userInfo(String accessToken) {
        return send(HttpRequest.newBuilder(URI.create(issuer + "/userinfo"))
                .header("Authorization", "Bearer " + accessToken));
    }

    /** With headers of another scheme. */
    public Answer userInfo(Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(issuer + "/userinfo"));
        headers.forEach(request::header);
        return send(request);
    }

    public Answer get(String below) {
        return send(HttpRequest.newBuilder(URI.create(issuer + below)));
    }

    public static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode json = response.headers()
                            .firstValue("Content-Type")
                            .filter(type -> type.contains("json"))
                            .isPresent()
                    ? JSON.readTree(response.body())
                    : JSON.createObjectNode();
            return new Answer(response.statusCode(), json, response);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Whether one of the server's published keys signed it, with RS256. */
    public boolean isSignedRs256(String token) {
        String[] parts = token.split("\\.");
        for (JsonNode key : get("/jwks").json().path("keys")) {
            if (key.path("kid").equals(header(token).path("kid"))) {
                try {
                    Signature signature = Signature.getInstance("SHA256withRSA");
                    signature.initVerify(KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e"))));
                    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
                    return header(token).path("alg").asText().equals("RS256")
                            && signature.verify(Base64.getUrlDecoder().decode(parts[2]));
                } catch (GeneralSecurityException malformed) {
                    throw new IllegalStateException(malformed);
                }
            }
        }
        return false;
    }

    private static BigInteger number(JsonNode key, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
    }

    /** The header of a signed token. */
    public static JsonNode header(String token) {
        return part(token, 0);
    }

    /** The claims of a signed token, not verified. */
    public static JsonNode claims(String token) {
        return part(token, 1);
    }

    private static JsonNode part(String token, int index) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[index]));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
