package org.latchkey.oauth.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which authentication context classes a client wants, the best first (OpenID Connect Core, 3.1.2.1 and 5.5.1.1).
 *
 * @param essential whether any other is of no use to it
 */
public record AcrWish(List<String> values, boolean essential) {

    public static final AcrWish NONE = new AcrWish(List.of(), false);

    public AcrWish {
        values = List.copyOf(values);
    }

    /**
     * @param acrValues the parameter
     * @param claims the claims parameter, as JSON values: where it asks for {@code acr} of these values, that counts
     */
    public static AcrWish of(Optional<String> acrValues, Map<String, Object> claims) {
        if (claims.get("id_token") instanceof Map<?, ?> asked && asked.get("acr") instanceof Map<?, ?> how) {
            List<String> values = new ArrayList<>();
            Stream.ofNullable(how.get("value")).map(String::valueOf).forEach(values::add);
            if (how.get("values") instanceof List<?> list) {
                list.forEach(each -> values.add(String.valueOf(each)));
            }
            if (!values.isEmpty()) {
                return new AcrWish(values, Boolean.TRUE.equals(how.get("essential")));
            }
        }
        return acrValues
                .filter(text -> !text.isBlank())
                .map(text -> new AcrWish(List.of(text.strip().split(" +")), false))
                .orElse(NONE);
    }
}
