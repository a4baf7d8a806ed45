package org.latchkey.account;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latchkey.api.extension.AccountSection;
import org.latchkey.api.extension.AccountSection.Action;
import org.latchkey.api.extension.AccountSection.Content;
import org.latchkey.api.extension.AccountSection.Detail;
import org.latchkey.api.extension.AccountSection.Key;
import org.latchkey.api.extension.AccountSection.Moment;
import org.latchkey.api.extension.AccountSection.Row;
import org.latchkey.api.extension.AccountSection.Text;
import org.latchkey.api.extension.AccountSection.Texts;
import org.latchkey.api.extension.AccountSection.Words;
import org.latchkey.api.kernel.ExtensionInfo;

/** What the template is told of one section. Each value is there, if empty: a template would look for it further out. */
final class SectionValues {

    /** The same for readers of every language. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String key;
    private final String anchor;
    private int rows;

    /**
     * @param key names the section in forms
     * @param place of the section on the page
     */
    SectionValues(String key, int place) {
        this.key = key;
        this.anchor = "section-" + place;
    }

    Map<String, Object> of(ExtensionInfo info, Content content) {
        Map<String, Object> values = frame(info, content.title());
        values.put("empty", content.rows().isEmpty());
        values.put("rows", content.rows().stream().map(this::row).toList());
        values.put("actions", actions(content.actions(), "", anchor));
        return values;
    }

    Map<String, Object> unavailable(ExtensionInfo info) {
        Map<String, Object> values = frame(info, Text.of(info.bundle()));
        values.put("unavailable", true);
        return values;
    }

    private Map<String, Object> frame(ExtensionInfo info, Text title) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("plugin", info.bundle());
        values.put("anchor", anchor);
        values.put("title", text(title));
        values.put("name", info.properties().get(AccountSection.NAME) instanceof String name ? name : "");
        values.put("unavailable", false);
        values.put("empty", false);
        values.put("rows", List.of());
        values.put("actions", List.of());
        return values;
    }

    private Map<String, Object> row(Row row) {
        String ownAnchor = anchor + "-" + ++rows;
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("anchor", ownAnchor);
        values.put("title", text(row.title()));
        values.put("details", row.details().stream().map(SectionValues::detail).toList());
        values.put("actions", actions(row.actions(), row.id(), ownAnchor));
        values.put("hasBelow", !row.below().isEmpty());
        values.put("below", row.below().stream().map(this::row).toList());
        return values;
    }

    private static Map<String, Object> detail(Detail detail) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("label", text(detail.label()));
        values.put(
                "texts",
                detail instanceof Texts several
                        ? several.texts().stream().map(SectionValues::text).toList()
                        : List.of());
        values.put("at", detail instanceof Moment moment ? whole(moment.at()).toString() : "");
        values.put("shown", detail instanceof Moment moment ? TIME.format(moment.at()) : "");
        return values;
    }

    private static Instant whole(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    private List<Map<String, Object>> actions(List<Action> actions, String row, String about) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Action action : actions) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("act", action.name());
            values.put("label", text(action.label()));
            values.put("about", about);
            values.put("hidden", List.of(Map.of("name", "section", "value", key), Map.of("name", "row", "value", row)));
            all.add(values);
        }
        return all;
    }

    private static Map<String, Object> text(Text text) {
        return text instanceof Key known
                ? Map.of("key", known.key(), "words", "")
                : Map.of("key", "", "words", ((Words) text).words());
    }
}
