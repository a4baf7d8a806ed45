package org.latchkey.cas;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.api.http.Request;
import org.latchkey.cas.answer.Failure;

/** The parameters of a CAS request; their names are case-sensitive (CAS 3.0.3, section 2). */
final class Parameters {

    private final Function<String, List<String>> values;

    private Parameters(Function<String, List<String>> values) {
        this.values = values;
    }

    /** @param values all values of a name, in order */
    static Parameters of(Function<String, List<String>> values) {
        return new Parameters(values);
    }

    static Parameters ofQuery(Request request) {
        return of(request::query);
    }

    /** Those of a posted form, then those of the query. */
    static Parameters ofForm(Request request, Map<String, List<String>> form) {
        return new Parameters(name -> form.containsKey(name) ? form.get(name) : request.query(name));
    }

    List<String> all(String name) {
        return values.apply(name);
    }

    /** The value of a parameter that may be left out; an empty one counts as left out. */
    Optional<String> optional(String name) throws Refused {
        List<String> all = values.apply(name);
        if (all.size() > 1) {
            throw new Refused(Failure.Code.INVALID_REQUEST, "The parameter " + name + " was given twice.");
        }
        return all.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    String required(String name) throws Refused {
        return optional(name)
                .orElseThrow(() -> new Refused(
                        Failure.Code.INVALID_REQUEST, "The parameters service and ticket are both required."));
    }

    /** Whether a parameter is set: to anything, of which {@code true} is recommended, but {@code false} (section 2.1.1). */
    boolean isSet(String name) {
        return values.apply(name).stream().anyMatch(value -> !value.isEmpty() && !value.equalsIgnoreCase("false"));
    }
}
