package org.latchkey.shell.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a token says in its header and its claims (RFC 7519), believed or not. */
final class TokenText {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    private TokenText() {}

    /** @throws UsageException if it is no signed JWT in compact form */
    static Map<String, Object> read(String token) {
        List<String> parts = List.of(token.split("\\.", -1));
        if (parts.size() != 3) {
            throw new UsageException("This is no token: it must have three parts with points between.");
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("header", object(parts.get(0)));
        json.put("claims", object(parts.get(1)));
        return json;
    }

    private static Map<String, Object> object(String part) {
        try {
            byte[] text = Base64.getUrlDecoder().decode(part);
            return JSON.readValue(new String(text, StandardCharsets.UTF_8), OBJECT);
        } catch (IllegalArgumentException | JsonProcessingException malformed) {
            throw new UsageException("This is no token: a part of it is no JSON in base64url.");
        }
    }
}
