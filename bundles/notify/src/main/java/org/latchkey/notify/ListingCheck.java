package org.latchkey.notify;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.api.extension.Notice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once of each type that notices are made of it that no bundle lists, or with facts that are not listed. They are
 * delivered all the same. Looks a moment later, since a bundle that starts may be quicker with a notice than with its list.
 */
final class ListingCheck {

    private static final Logger log = LoggerFactory.getLogger(ListingCheck.class);
    private static final int MOST_TYPES = 1000;

    private final Catalogue catalogue;
    private final Crew crew;
    private final Duration grace;

    /** Types that were looked at and found wanting, or will be. */
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

    ListingCheck(Catalogue catalogue, Crew crew, Duration grace) {
        this.catalogue = catalogue;
        this.crew = crew;
        this.grace = grace;
    }

    /** Costs next to nothing, and calls nobody: a change that is about to be stored may be waiting. */
    void look(Notice notice) {
        if (!catalogue.knows(notice) && doubtful.size() < MOST_TYPES && doubtful.add(notice.type())) {
            crew.after(grace, () -> crew.execute(() -> judge(notice)));
        }
    }

    private void judge(Notice notice) {
        if (catalogue.covers(notice)) {
            doubtful.remove(notice.type());
            return;
        }
        log.atWarn()
                .addKeyValue("event", "notice.unlisted")
                .addKeyValue("type", notice.type())
                .addKeyValue("facts", new TreeSet<>(notice.content().keySet()))
                .log("a notice is not in the catalogue as it is; it is delivered all the same");
    }
}
