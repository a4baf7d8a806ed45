package org.latchkey.web.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** What pages say, in each language. */
final class Texts {

    private static final String DEFAULT = "en";
    private static final List<String> LANGUAGES = List.of(DEFAULT, "de", "fr", "es");

    /** Longer ones are nobody's wishes. */
    private static final int LONGEST_WISH = 500;

    private final Map<String, Properties> byLanguage = new LinkedHashMap<>();

    Texts() {
        LANGUAGES.forEach(language -> byLanguage.put(language, load("texts_" + language + ".properties")));
    }

    private static Properties load(String file) {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Texts.class.getResourceAsStream(file), file), StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return texts;
    }

    /** The language to answer in: the best that an Accept-Language field (RFC 9110, 12.5.4) wants, else English. */
    String language(String wishes) {
        if (wishes.isEmpty() || wishes.length() > LONGEST_WISH) {
            return DEFAULT;
        }
        try {
            String best = Locale.lookupTag(Locale.LanguageRange.parse(wishes), LANGUAGES);
            return best == null ? DEFAULT : best;
        } catch (IllegalArgumentException malformed) {
            return DEFAULT;
        }
    }

    /** The text of a key; in English if that language does not have it, at last the key itself. */
    String text(String language, String key) {
        String english = byLanguage.get(DEFAULT).getProperty(key, key);
        return byLanguage.getOrDefault(language, new Properties()).getProperty(key, english);
    }

    Map<String, Properties> all() {
        return byLanguage;
    }
}
