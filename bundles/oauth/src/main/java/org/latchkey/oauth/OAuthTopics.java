package org.latchkey.oauth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.extension.NoticeCatalogue;
import org.osgi.service.component.annotations.Component;

/** The notices of OAuth servers. */
@Component
public final class OAuthTopics implements NoticeCatalogue {

    private static final String CLIENT = "the client_id";

    @Override
    public List<Topic> topics() {
        return List.of(
                topic(
                        "oauth.client-registered",
                        "A client was registered, by an operator or by itself.",
                        "client",
                        Map.of("client", CLIENT)),
                topic(
                        "oauth.client-changed",
                        "A client's metadata or secret was changed.",
                        "client",
                        Map.of("client", CLIENT)),
                topic(
                        "oauth.client-removed",
                        "A client was removed, with all its tokens.",
                        "client",
                        Map.of("client", CLIENT)),
                topic(
                        "oauth.token-revoked",
                        "A token was taken back, or what an application may do was.",
                        "client",
                        Map.of(
                                "client", CLIENT,
                                "entity", "whom it was about, if anybody",
                                "token", "refresh, with all that came of it, or access",
                                "by", "client or owner")),
                topic(
                        "oauth.token-reused",
                        "A code or refresh token came a second time: all that came of it ended.",
                        "client",
                        Map.of(
                                "client", CLIENT,
                                "entity", "whom it was about",
                                "token", "code or refresh")));
    }

    private static Topic topic(String type, String when, String subject, Map<String, String> more) {
        Map<String, String> facts = new HashMap<>(more);
        facts.put("instance", "the mount of the server");
        return new Topic(type, when, subject, facts);
    }
}
