package org.latchkey.oauth.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.api.Refusal;

/**
 * A client as an operator writes it: metadata, and beside them what only an operator may say.
 *
 * @param id its {@code client_id}, if it is said
 * @param groups see {@link org.latchkey.api.oauth.Client}
 */
record ClientInput(Optional<String> id, Map<String, Object> metadata, boolean trusted, Set<String> groups) {

    /** Members that are shown and so may be sent back, but say nothing. */
    private static final Set<String> SHOWN = Set.of("client_id_issued_at", "client_secrets");

    private static final Set<String> ASIDE = Set.of("client_id", "trusted", "groups");
    private static final int MOST_GROUPS = 100;

    /**
     * Reads one; what it does not say is as it is by default.
     *
     * @throws Refusal (INVALID) with everything that is wrong, and a pointer to the first
     */
    static ClientInput read(Map<String, Object> json, ClientMetadata rules) {
        Map<String, Object> given = new LinkedHashMap<>(json);
        given.keySet().removeAll(SHOWN);
        given.keySet().removeAll(ASIDE);
        ClientMetadata.Judged judged = rules.judge(given);
        List<Fault> faults = new ArrayList<>();
        judged.unknown().forEach(name -> faults.add(Fault.of(name, "There is no such member.")));
        Optional<String> id = id(json, faults);
        boolean trusted = trusted(json, faults);
        Set<String> groups = groups(json, faults);
        faults.addAll(judged.faults());
        refuse(faults);
        return new ClientInput(id, judged.metadata(), trusted, groups);
    }

    /** Refuses if anything is wrong. */
    static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw Refusal.invalid(
                    faults.get(0).pointer(),
                    faults.size() == 1
                            ? faults.get(0).message()
                            : faults.stream().map(Fault::toString).collect(Collectors.joining(" ")));
        }
    }

    private static Optional<String> id(Map<String, Object> json, List<Fault> faults) {
        Object id = json.get("client_id");
        if (id == null
                || id instanceof String text && StoredClients.ID.matcher(text).matches()) {
            return Optional.ofNullable((String) id);
        }
        faults.add(Fault.of("client_id", "This has letters, digits, and ._~- inside, and at most 100 characters."));
        return Optional.empty();
    }

    private static boolean trusted(Map<String, Object> json, List<Fault> faults) {
        Object trusted = json.getOrDefault("trusted", false);
        if (!(trusted instanceof Boolean)) {
            faults.add(Fault.of("trusted", "This must be true or false."));
        }
        return Boolean.TRUE.equals(trusted);
    }

    private static Set<String> groups(Map<String, Object> json, List<Fault> faults) {
        Set<String> groups = new TreeSet<>();
        boolean isGood = json.getOrDefault("groups", List.of()) instanceof List<?> list
                && list.size() <= MOST_GROUPS
                && list.stream().allMatch(each -> each instanceof String name && !name.isEmpty() && groups.add(name));
        if (!isGood) {
            faults.add(Fault.of("groups", "This must be an array of at most 100 names, each once."));
        }
        return groups;
    }
}
