package org.latchkey.api.service;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latchkey.api.Caller;
import org.latchkey.api.Page;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue.Topic;
import org.osgi.annotation.versioning.ProviderType;

/** For the operator: which notices there are, and those that could not be delivered. */
@ProviderType
public interface Notices {

    /** All types of notices that the bundles which run now make, in the order of their names. */
    List<Listed> catalogue();

    /** What is listed of a type of notices, if anything is. */
    default Optional<Topic> topic(String type) {
        return catalogue().stream()
                .map(Listed::topic)
                .filter(topic -> topic.type().equals(type))
                .findFirst();
    }

    /**
     * Dead letters, by notifier, the oldest first.
     *
     * @param notifier whose, absent for everybody's
     * @param cursor of the page before, empty for the first
     * @param limit 1 to 1,000
     */
    Page<DeadLetter> dead(Optional<String> notifier, String cursor, int limit);

    /**
     * Has dead letters wait for their notifier again, behind what waits already, under the ids that their notices have. Says
     * how many; one that cannot be read any more stays.
     *
     * @throws org.latchkey.api.Refusal (NOT_FOUND) if one is asked for that is not there, or (DENIED) without
     *     {@link org.latchkey.api.Capability#GLOBAL_ROOT}
     */
    int replay(Caller caller, Letters letters);

    /** Deletes dead letters for good and says how many; refuses as {@link #replay} does. */
    int drop(Caller caller, Letters letters);

    /**
     * Which dead letters.
     *
     * @param notifier whose
     * @param id of one, absent for all
     */
    record Letters(String notifier, Optional<String> id) {}

    /**
     * A type of notices and who makes them.
     *
     * @param plugin symbolic name of the bundle
     */
    record Listed(String plugin, Topic topic) {

        /** Its JSON form, the same in REST and shell. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("type", topic.type());
            json.put("when", topic.when());
            json.put("subject", topic.subject());
            json.put("facts", topic.facts());
            json.put("plugin", plugin);
            return json;
        }
    }

    /**
     * A notice that was given up.
     *
     * @param notifier whom it was for
     * @param id of the letter, unique among those of the notifier
     * @param attempts how often it was tried
     * @param reason why the last attempt failed
     * @param at when it was given up
     * @param notice with the facts that are safe to show; absent if it cannot be read
     */
    record DeadLetter(String notifier, String id, int attempts, String reason, Instant at, Optional<Notice> notice) {

        /** Its JSON form, the same in REST and shell. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("notifier", notifier);
            json.put("id", id);
            json.put("attempts", attempts);
            json.put("reason", reason);
            json.put("at", at.toString());
            notice.ifPresent(found -> json.put("notice", json(found)));
            return json;
        }

        private static Map<String, Object> json(Notice notice) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", notice.id());
            json.put("type", notice.type());
            json.put("at", notice.at().toString());
            json.put("actor", notice.actor());
            json.put("content", new TreeMap<>(notice.content()));
            return json;
        }
    }
}
