package org.latchkey.admin;

import java.util.List;
import java.util.Map;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Operations;

/** One operation of two steps, which would run one hook. */
final class FakeOperations implements Operations {

    @Override
    public Map<String, List<String>> steps() {
        return Map.of("entity.create", List.of("load", "save"));
    }

    @Override
    public Explanation explain(String operation, String id) {
        Explanation.Expected hook =
                new Explanation.Expected("Place", "org.example.Hook", "org.example", "1.0.0", "runs", "", "", "");
        return new Explanation(operation, id, List.of(), List.of(hook), List.of(), List.of(), "", "");
    }
}
