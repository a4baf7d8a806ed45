package org.latchkey.kernel.why;

import java.util.List;
import org.latchkey.api.kernel.PluginCheck.Finding;

/** A copy of the API in the jar: its interfaces would be others than those the server calls. */
final class EmbeddedApi implements Objection {

    private static final String API = "org.latchkey.api";

    @Override
    public List<Finding> to(Candidate candidate) {
        return candidate.classes().packages().stream()
                .filter(name -> name.equals(API) || name.startsWith(API + "."))
                .limit(1)
                .map(name -> Finding.rejected(
                        "It carries its own copy of the API, in the package " + name
                                + ", which the server does not know.",
                        "Leave the API out of the jar: compile against it with the scope provided."))
                .toList();
    }
}
