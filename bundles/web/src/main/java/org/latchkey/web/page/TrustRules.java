package org.latchkey.web.page;

import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of people who are recognized by their request alone, as the operator chose (CAS 3.0.3, 2.1.4).
 *
 * @param isSilent whether they are signed in without a question
 * @param meetsDemand whether their yes to the question counts as showing credentials
 */
record TrustRules(boolean isSilent, boolean meetsDemand) {

    static final String CONFIRM = "confirm";
    static final String TRANSPARENT = "transparent";
    static final String FORM = "form";

    private static final Logger log = LoggerFactory.getLogger(TrustRules.class);

    /** A word that nobody knows is reported and taken for the careful one. */
    static TrustRules of(PageSignIn.Config config) {
        return new TrustRules(
                isWord(TRANSPARENT, "recognized", config.recognized(), Set.of(CONFIRM, TRANSPARENT)),
                isWord(CONFIRM, "renew", config.renew(), Set.of(FORM, CONFIRM)));
    }

    private static boolean isWord(String word, String setting, String value, Set<String> known) {
        String said = value.strip().toLowerCase(Locale.ROOT);
        if (!known.contains(said)) {
            log.atError()
                    .addKeyValue("setting", "latchkey.signin " + setting)
                    .addKeyValue("value", value)
                    .log("a setting of sign-in has a word that nobody knows: the careful one is taken");
        }
        return said.equals(word);
    }
}
