package org.latchkey.auth.session;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.service.Sessions.Proved;

/** What was proved in a session, as it is kept. A session of before there were such proofs has none. */
final class KeptProofs {

    private KeptProofs() {}

    static Map<String, Object> json(Map<String, Proved> proofs) {
        Map<String, Object> json = new LinkedHashMap<>();
        proofs.forEach((name, proved) -> json.put(
                name,
                Map.of("amr", List.copyOf(proved.amr()), "at", proved.at().toEpochMilli(), "uses", proved.uses())));
        return json;
    }

    /** @param json null if there is none, as the library says it */
    static Map<String, Proved> of(Map<String, Object> json) throws ParseException {
        Map<String, Proved> proofs = new HashMap<>();
        if (json == null) {
            return proofs;
        }
        for (String name : json.keySet()) {
            Map<String, Object> each = JSONObjectUtils.getJSONObject(json, name);
            proofs.put(
                    name,
                    new Proved(
                            new HashSet<>(JSONObjectUtils.getStringList(each, "amr")),
                            Instant.ofEpochMilli(JSONObjectUtils.getLong(each, "at")),
                            JSONObjectUtils.getInt(each, "uses")));
        }
        return proofs;
    }
}
