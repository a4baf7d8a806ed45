package org.latchkey.procs.schedule;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Addresses to which notices may be mailed. */
final class Emails {

    static final int MOST = 20;

    /** Plain addresses only (RFC 5321, 4.1.2, Dot-string): no names, comments, quotes, or what could end a header. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
                    + "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private static final int LONGEST = 254;

    private Emails() {}

    /** Whether it is 1 to 20 addresses with commas between them. */
    static boolean areValid(String text) {
        List<String> each = Stream.of(text.split(",", -1)).map(String::strip).toList();
        boolean oneLine = text.chars().noneMatch(Character::isISOControl);
        return oneLine && each.size() <= MOST && each.stream().allMatch(Emails::isAddress);
    }

    private static boolean isAddress(String text) {
        return text.length() <= LONGEST && ADDRESS.matcher(text).matches();
    }
}
