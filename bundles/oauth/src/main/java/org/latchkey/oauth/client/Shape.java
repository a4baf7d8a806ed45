package org.latchkey.oauth.client;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a member of the metadata must look like, whatever it means. */
enum Shape {
    NAME(value -> isText(value, Shape.LONGEST_NAME) ? "" : "This must be a text of 1 to 256 characters."),
    TEXT(value -> isText(value, Shape.LONGEST) ? "" : "This must be a text of 1 to 2048 characters."),
    WORDS(Shape::words),
    TEXTS(Shape::texts),
    FLAG(value -> value instanceof Boolean ? "" : "This must be true or false."),
    SECONDS(value -> value instanceof Integer number && number >= 0 ? "" : "This must be a number of seconds."),
    KEYS(Shape::keys);

    private static final int LONGEST = 2_048;
    private static final int LONGEST_NAME = 256;
    private static final int MOST = 50;
    private static final int MOST_KEYS = 20;
    private static final int LEAST_RSA_BITS = 2_048;
    private static final Pattern SCOPE = Pattern.compile("[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]{0,2048}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private final Function<Object, String> fault;

    Shape(Function<Object, String> fault) {
        this.fault = fault;
    }

    /** What is wrong with a value, if anything is. */
    Optional<String> fault(Object value) {
        return Optional.of(fault.apply(value)).filter(message -> !message.isEmpty());
    }

    private static boolean isText(Object value, int longest) {
        return value instanceof String text
                && !text.isBlank()
                && text.length() <= longest
                && !CONTROL.matcher(text).find();
    }

    private static String words(Object value) {
        return value instanceof String text && SCOPE.matcher(text).matches()
                ? ""
                : "This must be a text of at most 2048 characters: words of RFC 6749, 3.3, with spaces between.";
    }

    private static String texts(Object value) {
        return value instanceof List<?> list
                        && list.size() <= MOST
                        && list.stream().allMatch(each -> isText(each, LONGEST))
                ? ""
                : "This must be an array of at most 50 texts of 1 to 2048 characters.";
    }

    /** Public keys, as a JWK Set (RFC 7517, 5). A key that is not for others to see was sent by mistake, and is burnt. */
    @SuppressWarnings("unchecked") // a JSON object has texts as names
    private static String keys(Object value) {
        try {
            if (!(value instanceof Map<?, ?> map) || !isFlat(map)) {
                return "This must be a JWK Set.";
            }
            List<JWK> keys = JWKSet.parse((Map<String, Object>) map).getKeys();
            if (keys.isEmpty() || keys.size() > MOST_KEYS) {
                return "This must have 1 to 20 keys.";
            }
            return keys.stream()
                    .map(Shape::keyFault)
                    .filter(fault -> !fault.isEmpty())
                    .findFirst()
                    .orElse("");
        } catch (ParseException malformed) {
            return "This must be a JWK Set.";
        }
    }

    private static String keyFault(JWK key) {
        if (key.isPrivate() || key.getKeyType().equals(KeyType.OCT)) {
            return "This must have public keys only; the private key in it should not be used any more.";
        }
        return key instanceof RSAKey rsa && rsa.size() < LEAST_RSA_BITS ? "RSA keys need 2048 bits." : "";
    }

    /** Nothing inside the keys but texts and lists of texts. */
    private static boolean isFlat(Map<?, ?> set) {
        return set.entrySet().stream().allMatch(each -> each.getKey().equals("keys") || isFlatMember(each.getValue()))
                && set.get("keys") instanceof List<?> keys
                && keys.stream()
                        .allMatch(key -> key instanceof Map<?, ?> members
                                && members.values().stream().allMatch(Shape::isFlatMember));
    }

    private static boolean isFlatMember(Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    }
}
