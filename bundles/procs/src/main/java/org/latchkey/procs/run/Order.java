package org.latchkey.procs.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latchkey.procs.proc.Proc;

/**
 * The wish to run a proc. That whoever wishes may do so was asked before.
 *
 * @param proc as it was when that was asked: what is allowed is what is run
 * @param args values by the names that the proc declares
 * @param user who wants it, as they signed in
 * @param callbackUrl where its end is told, empty for nowhere
 * @param scheduleId the schedule that wants it, empty for none
 */
public record Order(Proc proc, Map<String, String> args, String user, String callbackUrl, String scheduleId) {

    public Order {
        args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    }

    @Override
    public String toString() {
        return "Order[" + proc.name() + ", " + user + "]";
    }
}
