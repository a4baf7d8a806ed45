package org.latchkey.auth;

import java.util.List;
import java.util.Map;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Operations;

/** A directory in which no hook runs. */
final class FakeOperations implements Operations {

    @Override
    public Map<String, List<String>> steps() {
        return Map.of();
    }

    @Override
    public Explanation explain(String operation, String id) {
        return new Explanation(operation, id, List.of(), List.of(), List.of(), List.of(), "", "");
    }
}
