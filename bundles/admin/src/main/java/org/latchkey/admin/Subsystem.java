package org.latchkey.admin;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The health of one part of the server.
 *
 * @param name what it is called in the status; of a plugin's it begins with {@code plugin-}
 * @param core whether the server cannot do without it
 * @param fault what is wrong in one line, empty if nothing is
 */
record Subsystem(String name, boolean core, String fault) {

    boolean ok() {
        return fault.isEmpty();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("ok", ok());
        json.put("fault", fault);
        return json;
    }
}
