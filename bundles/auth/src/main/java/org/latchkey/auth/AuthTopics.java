package org.latchkey.auth;

import java.util.List;
import java.util.Map;
import org.latchkey.api.extension.NoticeCatalogue;
import org.osgi.service.component.annotations.Component;

/** The notices of this bundle. */
@Component
public final class AuthTopics implements NoticeCatalogue {

    @Override
    public List<Topic> topics() {
        return List.of(
                new Topic(
                        "authentication.succeeded",
                        "Somebody was signed in, by whatever way.",
                        "entity",
                        Map.of(
                                "entity", "who",
                                "source", "what vouches for them: directory, or the extension",
                                "address", "where they came from")),
                new Topic(
                        "authentication.failed",
                        "A plugin rejected a sign-in.",
                        "entity",
                        Map.of(
                                "entity", "the name, if the directory has it",
                                "address", "where the attempt came from",
                                "outcome", "why, in a few words")),
                new Topic(
                        "authentication.throttled",
                        "After too many failures further attempts are refused for a while.",
                        "address",
                        Map.of(
                                "address", "where the attempt came from that was one too many",
                                "limit", "what there were too many for: name, address, or both together",
                                "entity", "the name, if the directory has it")),
                new Topic(
                        "session.ended",
                        "A session at a browser ended, by signing out or otherwise.",
                        "entity",
                        Map.of(
                                "entity", "whose it was",
                                "source", "what vouched for them",
                                "cause", "signed-out, expired, revoked or replaced")));
    }
}
