package org.latchkey.api.extension;

import java.time.Instant;
import java.util.List;
import org.latchkey.api.Caller;
import org.latchkey.api.service.Sessions.Session;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part of the page at {@code /account}, where people see what is theirs and take it away: their sessions, the applications
 * they let in. Whoever keeps such things contributes a section; the page asks for it at each visit, shows it after its
 * ranking, and leaves it out when its plugin is gone. One that fails is shown as not available, and the others stand.
 *
 * <p>A section is asked about the person of the session and nobody else; it must not take from a row's id whose it is.
 */
@ConsumerType
public interface AccountSection {

    /** Service property: what stands behind the title when there are several alike, such as the name of an instance. */
    String NAME = "latchkey.section";

    /**
     * A visit of the page.
     *
     * @param session of the browser; whose page it is
     * @param caller the same person, for what is written down
     */
    record Visit(Session session, Caller caller) {}

    /** Words that are the same in every language, or the key of a text that the server has in each. */
    sealed interface Text {

        static Text of(String words) {
            return new Words(words);
        }

        static Text key(String key) {
            return new Key(key);
        }
    }

    /** As they are: a name, an address, what an operator wrote. */
    record Words(String words) implements Text {}

    /** Such as {@code account.sessions}; a key that the server does not know is shown as it is. */
    record Key(String key) implements Text {}

    /** Something that is said of a row, under a label. */
    sealed interface Detail {

        Text label();

        static Detail of(String labelKey, String words) {
            return new Texts(Text.key(labelKey), List.of(Text.of(words)));
        }

        static Detail of(String labelKey, List<Text> texts) {
            return new Texts(Text.key(labelKey), texts);
        }

        static Detail at(String labelKey, Instant at) {
            return new Moment(Text.key(labelKey), at);
        }
    }

    record Texts(Text label, List<Text> texts) implements Detail {

        public Texts {
            texts = List.copyOf(texts);
        }
    }

    record Moment(Text label, Instant at) implements Detail {}

    /**
     * What can be done with a row, or with all of them.
     *
     * @param name for {@link #act}: {@code a-z} and {@code -}, 32 at most
     * @param label of the button
     */
    record Action(String name, Text label) {}

    /**
     * One thing.
     *
     * @param id for {@link #act}, at most 256 characters; of this section alone
     * @param below what belongs to it, one level deep
     */
    record Row(String id, Text title, List<Detail> details, List<Action> actions, List<Row> below) {

        public Row {
            details = List.copyOf(details);
            actions = List.copyOf(actions);
            below = List.copyOf(below);
        }

        public Row(String id, Text title, List<Detail> details, List<Action> actions) {
            this(id, title, details, actions, List.of());
        }
    }

    /**
     * What the section shows.
     *
     * @param rows of this person; none is said in words
     * @param actions for the section as a whole, with the empty row
     */
    record Content(Text title, List<Row> rows, List<Action> actions) {

        public Content {
            rows = List.copyOf(rows);
            actions = List.copyOf(actions);
        }
    }

    /** What there is for somebody to see. */
    Content content(Visit visit);

    /**
     * Does something to a row of this person; the page has seen to it that they want it. A row of somebody else, or one that
     * is gone, is as if it were not there.
     *
     * @param row the id of a row as it came with the form, empty for the section as a whole
     * @param action the name of one of its actions
     * @return whether there was anything to do it to
     */
    boolean act(Visit visit, String row, String action);
}
