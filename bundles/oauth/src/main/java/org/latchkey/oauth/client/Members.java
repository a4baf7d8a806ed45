package org.latchkey.oauth.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The members that the metadata of a client may have, each with its shape. What is not here is not kept: whoever registers
 * a client can set nothing that nobody has thought of.
 */
final class Members {

    private static final Map<String, Shape> SHAPES = new LinkedHashMap<>();

    /** May be there once more for each language (RFC 7591, 2.2), such as {@code client_name#de}. */
    private static final Set<String> IN_LANGUAGES =
            Set.of("client_name", "client_uri", "logo_uri", "tos_uri", "policy_uri");

    /** What only an operator says of a client: a client that registers itself would give itself others' tokens with it. */
    private static final Set<String> OF_OPERATORS =
            Set.of("resources", "exchange_audiences", "exchange_actors", "introspects_all");

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}");

    static {
        // RFC 7591, 2, and OpenID Connect Dynamic Client Registration 1.0, 2
        add(Shape.NAME, "client_name");
        add(Shape.TEXTS, "redirect_uris", "response_types", "grant_types", "contacts", "default_acr_values");
        add(Shape.TEXT, "token_endpoint_auth_method", "token_endpoint_auth_signing_alg", "application_type");
        add(Shape.WORDS, "scope");
        add(Shape.TEXT, "client_uri", "logo_uri", "policy_uri", "tos_uri", "software_id", "software_version");
        add(Shape.TEXT, "jwks_uri", "sector_identifier_uri", "subject_type", "initiate_login_uri");
        add(Shape.KEYS, "jwks");
        add(Shape.TEXT, "id_token_signed_response_alg", "userinfo_signed_response_alg", "request_object_signing_alg");
        add(Shape.TEXT, "id_token_encrypted_response_alg", "id_token_encrypted_response_enc");
        add(Shape.TEXT, "userinfo_encrypted_response_alg", "userinfo_encrypted_response_enc");
        add(Shape.TEXT, "request_object_encryption_alg", "request_object_encryption_enc");
        add(Shape.SECONDS, "default_max_age");
        add(Shape.FLAG, "require_auth_time");
        add(Shape.TEXTS, "request_uris");
        // RP-Initiated, Front-Channel and Back-Channel Logout 1.0
        add(Shape.TEXTS, "post_logout_redirect_uris");
        add(Shape.TEXT, "frontchannel_logout_uri", "backchannel_logout_uri");
        add(Shape.FLAG, "frontchannel_logout_session_required", "backchannel_logout_session_required");
        // RFC 9126, RFC 9101, RFC 9449, RFC 8705
        add(Shape.FLAG, "require_pushed_authorization_requests", "require_signed_request_object");
        add(Shape.FLAG, "dpop_bound_access_tokens", "tls_client_certificate_bound_access_tokens");
        add(Shape.TEXT, "tls_client_auth_subject_dn", "tls_client_auth_san_dns", "tls_client_auth_san_uri");
        add(Shape.TEXT, "tls_client_auth_san_ip", "tls_client_auth_san_email");
        // RFC 9701, JARM, RFC 9396
        add(Shape.TEXT, "introspection_signed_response_alg", "authorization_signed_response_alg");
        add(Shape.TEXT, "introspection_encrypted_response_alg", "introspection_encrypted_response_enc");
        add(Shape.TEXT, "authorization_encrypted_response_alg", "authorization_encrypted_response_enc");
        add(Shape.TEXTS, "authorization_details_types");
        // Client-Initiated Backchannel Authentication 1.0, 4
        add(Shape.TEXT, "backchannel_token_delivery_mode", "backchannel_client_notification_endpoint");
        add(Shape.TEXT, "backchannel_authentication_request_signing_alg");
        add(Shape.FLAG, "backchannel_user_code_parameter");
        // Our own, see also OF_OPERATORS
        add(Shape.TEXTS, "resources", "exchange_audiences", "exchange_actors");
        add(Shape.FLAG, "introspects_all");
        add(Shape.TEXT, "access_token_signed_response_alg");
    }

    private Members() {}

    private static void add(Shape shape, String... names) {
        List.of(names).forEach(name -> SHAPES.put(name, shape));
    }

    /** The shape of a member, if there is one of that name. */
    static Optional<Shape> shape(String name) {
        int tag = name.indexOf('#');
        if (tag < 0) {
            return Optional.ofNullable(SHAPES.get(name));
        }
        String plain = name.substring(0, tag);
        return IN_LANGUAGES.contains(plain)
                        && LANGUAGE.matcher(name.substring(tag + 1)).matches()
                ? Optional.of(SHAPES.get(plain))
                : Optional.empty();
    }

    /** The name without a language. */
    static String plain(String name) {
        int tag = name.indexOf('#');
        return tag < 0 ? name : name.substring(0, tag);
    }

    /** All of them. */
    static Set<String> names() {
        return SHAPES.keySet();
    }

    static Set<String> ofOperators() {
        return OF_OPERATORS;
    }
}
