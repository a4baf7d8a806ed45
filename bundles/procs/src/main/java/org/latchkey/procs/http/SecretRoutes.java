package org.latchkey.procs.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.procs.http.Routes.Audience;
import org.latchkey.procs.json.Members;
import org.latchkey.procs.proc.Proc;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.secret.ProcSecrets;

/** The secrets of procs: {@code /secret}. They are written, replaced and removed, and never read. */
public final class SecretRoutes implements RouteSource {

    private static final String AUDIT = "procs.secret";
    private static final long LONGEST_BODY = 4 * 1024 * 1024;
    private static final int MOST = 100;
    private static final int LONGEST = 64 * 1024;
    private static final int MOST_BYTES = 256 * 1024;
    private static final int LONGEST_NAME = 1000;

    private final Procs procs;
    private final ProcSecrets secrets;
    private final Records records;

    public SecretRoutes(Procs procs, ProcSecrets secrets, Records records) {
        this.procs = procs;
        this.secrets = secrets;
        this.records = records;
    }

    @Override
    public void addTo(Routes routes) {
        routes.add("POST", "/secret", Audience.ADMINISTRATORS, this::put)
                .add("DELETE", "/secret/{name}", Audience.ADMINISTRATORS, this::remove);
    }

    private Response put(Visit visit) throws IOException {
        Members members = Members.of("", visit.json(LONGEST_BODY), Set.of("job_name", "secrets"));
        Proc proc = procs.require(members.text("job_name", LONGEST_NAME));
        Map<String, String> given = members.map("secrets", MOST, LONGEST);
        check(members, proc, given);
        records.requireAvailable();
        secrets.put(proc.name(), given, visit.visitor().id());
        records.append(
                AUDIT,
                visit.visitor(),
                proc.name(),
                Map.of("change", "put", "names", List.copyOf(new TreeSet<>(given.keySet()))));
        return Response.empty(201);
    }

    private static void check(Members members, Proc proc, Map<String, String> given) {
        int bytes = 0;
        for (Map.Entry<String, String> each : given.entrySet()) {
            if (!proc.secretNames().contains(each.getKey())) {
                throw Refusal.invalid(
                        members.at("secrets") + "/"
                                + each.getKey().replace("~", "~0").replace("/", "~1"),
                        "The proc declares no such secret.");
            }
            bytes += each.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_BYTES) {
            throw Refusal.invalid(members.at("secrets"), "These have more than " + MOST_BYTES + " bytes.");
        }
    }

    private Response remove(Visit visit) {
        Proc proc = procs.require(visit.variable("name"));
        records.requireAvailable();
        secrets.remove(proc.name(), visit.visitor().id());
        records.append(AUDIT, visit.visitor(), proc.name(), Map.of("change", "removed"));
        return Response.empty(204);
    }
}
