package org.latchkey.api.extension;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.annotation.versioning.ConsumerType;

/** All notices that a bundle makes. The catalogue that operators read is put together of these. */
@ConsumerType
@FunctionalInterface
public interface NoticeCatalogue {

    List<Topic> topics();

    /**
     * A type of notices.
     *
     * @param type such as {@code entity.created}
     * @param when what has happened, as a sentence
     * @param subject the name of the fact that says what it happened to
     * @param facts what each fact says, by its name; a notice of this type has these and no others, and may lack some
     */
    record Topic(String type, String when, String subject, Map<String, String> facts) {

        /** @throws IllegalArgumentException if the subject is none of the facts */
        public Topic {
            facts = new TreeMap<>(facts);
            if (!facts.containsKey(subject)) {
                throw new IllegalArgumentException(type + " has no fact " + subject);
            }
        }
    }
}
