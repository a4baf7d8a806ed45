package org.latchkey.oauth.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the metadata of a client say of places: each method is a rule of {@link ClientMetadata}. */
final class UriChecks {

    private static final String HTTPS = "This must be an absolute https URL without user and fragment.";

    private static final Set<String> URLS = Set.of(
            "client_uri",
            "logo_uri",
            "policy_uri",
            "tos_uri",
            "jwks_uri",
            "sector_identifier_uri",
            "initiate_login_uri",
            "frontchannel_logout_uri",
            "backchannel_logout_uri",
            "backchannel_client_notification_endpoint");

    private UriChecks() {}

    static List<Fault> redirectUriIsThere(Draft draft) {
        return draft.texts("redirect_uris").isEmpty()
                        && !draft.texts("response_types").isEmpty()
                ? List.of(Fault.of("redirect_uris", "A client that sends browsers here needs one at least."))
                : List.of();
    }

    static List<Fault> applicationType(Draft draft) {
        return Set.of("web", "native").contains(draft.text("application_type").orElse(""))
                ? List.of()
                : List.of(Fault.of("application_type", "This must be web or native."));
    }

    static List<Fault> redirectUris(Draft draft) {
        return places("redirect_uris", draft);
    }

    static List<Fault> postLogoutRedirectUris(Draft draft) {
        return places("post_logout_redirect_uris", draft);
    }

    private static List<Fault> places(String member, Draft draft) {
        List<Fault> faults = new ArrayList<>();
        List<String> uris = draft.texts(member);
        for (int i = 0; i < uris.size(); i++) {
            int index = i;
            placeFault(uris.get(i), draft).ifPresent(fault -> faults.add(Fault.of(member, index, fault)));
        }
        return faults;
    }

    private static Optional<String> placeFault(String text, Draft draft) {
        Optional<URI> uri = RedirectUris.parsed(text);
        if (uri.isEmpty()) {
            return Optional.of("This must be an absolute URI without user and fragment.");
        }
        if (draft.isSecure(uri.get())) {
            return Optional.empty();
        }
        if (!draft.isNative()) {
            return Optional.of("That of a web application must be https.");
        }
        return RedirectUris.isPlainLoopback(uri.get()) || RedirectUris.isPrivate(uri.get())
                ? Optional.empty()
                : Optional.of("That of a native application must be https, http to this machine,"
                        + " or of a scheme of its own with a dot.");
    }

    static List<Fault> httpsUrls(Draft draft) {
        return draft.metadata().keySet().stream()
                .filter(name -> URLS.contains(Members.plain(name)))
                .filter(name -> !draft.isSecureUrl(draft.text(name).orElse("")))
                .map(name -> Fault.of(name, HTTPS))
                .toList();
    }

    /** These alone may have a fragment: the hash of what is there (OpenID Connect Core, 6.2). */
    static List<Fault> requestUris(Draft draft) {
        List<Fault> faults = new ArrayList<>();
        List<String> uris = draft.texts("request_uris");
        for (int i = 0; i < uris.size(); i++) {
            int fragment = uris.get(i).indexOf('#');
            if (!draft.isSecureUrl(fragment < 0 ? uris.get(i) : uris.get(i).substring(0, fragment))) {
                faults.add(Fault.of("request_uris", i, "This must be an absolute https URL."));
            }
        }
        return faults;
    }

    /** OpenID Connect Front-Channel Logout 1.0, 2: scheme, host and port are those of a redirect URI. */
    static List<Fault> frontChannelLogout(Draft draft) {
        Optional<String> logout = draft.text("frontchannel_logout_uri").flatMap(UriChecks::origin);
        boolean isAtClient = logout.isEmpty()
                || draft.texts("redirect_uris").stream()
                        .anyMatch(uri -> origin(uri).equals(logout));
        return isAtClient
                ? List.of()
                : List.of(Fault.of(
                        "frontchannel_logout_uri", "Scheme, host and port must be those of one of the redirect URIs."));
    }

    private static Optional<String> origin(String text) {
        return RedirectUris.parsed(text)
                .filter(RedirectUris::isWeb)
                .map(uri -> RedirectUris.scheme(uri) + "://" + uri.getRawAuthority());
    }
}
