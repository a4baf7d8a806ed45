package org.latchkey.oauth.authorize;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;

/** Proof Key for Code Exchange (RFC 7636), with the method S256 alone. */
public final class Pkce {

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private Pkce() {}

    /** Refuses a challenge that is none, or of another method. */
    static void requireSound(Parameters parameters) throws Refused {
        Optional<String> challenge = parameters.get("code_challenge");
        String method = parameters.get("code_challenge_method").orElse("plain");
        if (challenge.isEmpty()) {
            if (parameters.has("code_challenge_method")) {
                throw Refused.of("invalid_request", "There is a code_challenge_method without a code_challenge.");
            }
            return;
        }
        if (!method.equals("S256")) {
            throw Refused.of("invalid_request", "The code_challenge_method has to be S256.");
        }
        if (!CHALLENGE.matcher(challenge.get()).matches()) {
            throw Refused.of("invalid_request", "The code_challenge is no SHA-256 in base64url.");
        }
    }

    /** Refuses a verifier that does not fit the challenge, and one that nobody asked for (RFC 9700, 2.1.1). */
    public static void requireFit(Optional<String> challenge, Optional<String> verifier) throws Refused {
        if (challenge.isEmpty() && verifier.isEmpty()) {
            return;
        }
        boolean fits = challenge.isPresent()
                && verifier.filter(each -> VERIFIER.matcher(each).matches()).isPresent()
                && MessageDigest.isEqual(bytes(challenge.get()), bytes(challengeOf(verifier.get())));
        if (!fits) {
            throw Refused.of("invalid_grant", "The code_verifier does not fit the code_challenge.");
        }
    }

    private static String challengeOf(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(verifier));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
