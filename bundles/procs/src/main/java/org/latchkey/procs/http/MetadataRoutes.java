package org.latchkey.procs.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.http.Routes.Audience;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.proc.Proc;
import org.latchkey.procs.proc.ProcJson;
import org.latchkey.procs.proc.Procs;

/** What may be run: {@code /metadata}. */
public final class MetadataRoutes implements RouteSource {

    private static final String AUDIT = "procs.metadata";
    private static final long LONGEST_BODY = 4 * 1024 * 1024;
    private static final int MOST = 500;

    private final Procs procs;
    private final Access access;
    private final Records records;

    public MetadataRoutes(Procs procs, Access access, Records records) {
        this.procs = procs;
        this.access = access;
        this.records = records;
    }

    @Override
    public void addTo(Routes routes) {
        routes.add("GET", "/metadata", Audience.SIGNED_IN, this::list)
                .add("POST", "/metadata", Audience.ADMINISTRATORS, this::put)
                .add("GET", "/metadata/{name}", Audience.SIGNED_IN, this::one)
                .add("DELETE", "/metadata/{name}", Audience.ADMINISTRATORS, this::remove);
    }

    private Response list(Visit visit) {
        ArrayNode list = Json.array();
        Predicate<Set<String>> may = access.permissions(visit.visitor());
        procs.all().stream().filter(proc -> may.test(proc.groups())).forEach(proc -> list.add(ProcJson.write(proc)));
        return Json.answer(200, list);
    }

    private Response one(Visit visit) {
        Proc proc = procs.require(visit.variable("name"));
        access.requireMember(visit.visitor(), proc);
        return Json.answer(200, ProcJson.write(proc));
    }

    private Response put(Visit visit) throws IOException {
        List<Proc> given = read(visit.json(LONGEST_BODY));
        records.requireAvailable();
        procs.put(given, visit.visitor().id());
        for (Proc proc : given) {
            records.append(
                    AUDIT,
                    visit.visitor(),
                    proc.name(),
                    Map.of("change", "put", "groups", List.copyOf(proc.groups()), "image", proc.image()));
        }
        return Response.empty(201);
    }

    private static List<Proc> read(JsonNode body) {
        if (!body.isArray() || body.isEmpty() || body.size() > MOST) {
            throw Refusal.invalid("", "This must be an array of 1 to " + MOST + " procs.");
        }
        List<Proc> procs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < body.size(); i++) {
            Proc proc = ProcJson.read("/" + i, body.get(i));
            if (!names.add(proc.name())) {
                throw Refusal.invalid("/" + i + "/name", "This name is there twice.");
            }
            procs.add(proc);
        }
        return procs;
    }

    private Response remove(Visit visit) {
        String name = visit.variable("name");
        records.requireAvailable();
        procs.remove(name, visit.visitor().id());
        records.append(AUDIT, visit.visitor(), name, Map.of("change", "removed"));
        return Response.empty(204);
    }
}
