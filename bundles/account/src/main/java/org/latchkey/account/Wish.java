package org.latchkey.account;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.latchkey.api.Refusal;

/**
 * What somebody pressed.
 *
 * @param section the key of a section
 * @param row the id of one of its rows, empty for the section as a whole
 * @param action the name of what to do
 */
record Wish(String section, String row, String action) {

    private static final Pattern ACTION = Pattern.compile("[a-z-]{1,32}");
    private static final int LONGEST = 512;
    private static final int LONGEST_ROW = 256;

    /** @throws Refusal (INVALID) if the form is none of the page's */
    static Wish of(Map<String, List<String>> form) {
        Wish wish = new Wish(only(form, "section"), only(form, "row"), only(form, "act"));
        if (!ACTION.matcher(wish.action).matches()
                || wish.row.length() > LONGEST_ROW
                || wish.section.length() > LONGEST) {
            throw Refusal.invalid("/act", "This form is not one of the account page.");
        }
        return wish;
    }

    private static String only(Map<String, List<String>> form, String name) {
        List<String> values = form.getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : "";
    }
}
