package org.latchkey.notify.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latchkey.api.extension.Notice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who gets a mail: addresses that are set, and those that a fact of the notice has, with commas between or as a JSON
 * array. Of a fact, what is no address is left out, as people wrote it.
 */
final class Recipients {

    private static final Logger log = LoggerFactory.getLogger(Recipients.class);
    private static final Pattern FACT = Pattern.compile("\\{([^{}]+)}");
    private static final int MOST = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private final Set<String> always;
    private final Set<String> facts;

    private Recipients(Set<String> always, Set<String> facts) {
        this.always = always;
        this.facts = facts;
    }

    /** @throws IllegalArgumentException if there is nobody, or one is neither address nor {@code {fact}} */
    static Recipients of(String... settings) {
        Set<String> always = new LinkedHashSet<>();
        Set<String> facts = new LinkedHashSet<>();
        for (String setting : settings) {
            Matcher fact = FACT.matcher(setting.strip());
            if (fact.matches()) {
                facts.add(fact.group(1));
            } else {
                always.add(Addresses.of("to", setting));
            }
        }
        if (always.isEmpty() && facts.isEmpty()) {
            throw new IllegalArgumentException("to must have an address, or {fact} for those in a fact");
        }
        return new Recipients(always, facts);
    }

    /** Each once; nobody if a notice has none of the facts. */
    Set<String> of(Notice notice) {
        Set<String> all = new LinkedHashSet<>(always);
        for (String fact : facts) {
            for (String each : listed(notice.content().getOrDefault(fact, ""))) {
                if (Addresses.isOne(each) && all.size() < MOST) {
                    all.add(each);
                } else {
                    log.atWarn()
                            .addKeyValue("event", "mail.recipient-ignored")
                            .addKeyValue("notice", notice.id())
                            .addKeyValue("fact", fact)
                            .log("an address is not valid, or one too many; it gets no mail");
                }
            }
        }
        return all;
    }

    private static List<String> listed(String value) {
        List<String> all = new ArrayList<>();
        if (value.strip().startsWith("[")) {
            try {
                for (JsonNode each : JSON.readTree(value)) {
                    all.add(each.asText().strip());
                }
                return all;
            } catch (JsonProcessingException noJson) {
                all.clear(); // then its parts are looked at as they are
            }
        }
        Stream.of(value.split("[,;]"))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .forEach(all::add);
        return all;
    }
}
