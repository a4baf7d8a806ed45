package org.latchkey.itest.live;

import java.io.IOException;
import java.util.Map;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** What a working day asks of a server, at fixed rates: signing in, tokens, reading, writing and a plugin's page. */
public final class Mix {

    public static final String LOGIN = "login";
    public static final String VALIDATE = "validate";
    public static final String ENTITY = "entity";
    public static final String PAGE = "page";
    public static final String TRAIL = "trail";

    private static final String SECRET = "correct horse battery";

    /** So many entities are written in turn that no two requests are at one of them at the same time. */
    private static final int WRITTEN = 120;

    private final int port;
    private final String token;

    public Mix(Server server) {
        Http root = server.root();
        this.port = server.port();
        this.token = root.token().orElseThrow();
        root.post("/api/v1/entities", Map.of("id", "alice", "secret", SECRET));
        for (int i = 0; i < WRITTEN; i++) {
            root.post("/api/v1/entities", Map.of("id", "written" + i));
        }
    }

    /** Starts it. An answer of 200 is right, whatever was asked. */
    public Load start() {
        return new Load(port)
                .stream(LOGIN, 4, this::login).stream(VALIDATE, 50, this::validate).stream(
                        ENTITY, 50, (client, n) -> client.get("/api/v1/entities/alice", token))
                        .stream(PAGE, 25, (client, n) -> client.get("/page/", ""))
                        .stream(TRAIL, 20, this::trail);
    }

    private Client.Reply login(Client client, long n) throws IOException {
        return client.send("POST", "/api/v1/auth/token", "", "{\"id\":\"alice\",\"secret\":\"" + SECRET + "\"}");
    }

    private Client.Reply validate(Client client, long n) throws IOException {
        return client.send("POST", "/api/v1/auth/validate", "", "{\"token\":\"" + token + "\"}");
    }

    /** Writes its number where hooks add to it, and reads what they added. */
    private Client.Reply trail(Client client, long n) throws IOException {
        String kv = "/api/v1/entities/written" + n % WRITTEN + "/kv/trail";
        Client.Reply written = client.send("PUT", kv, token, "{\"values\":[\"" + n + "\"]}");
        return written.status() == 204 ? client.get(kv, token) : written;
    }
}
