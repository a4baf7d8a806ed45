package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Rows 48 and 49: the applications of the CAS server, over REST and in files, as both ship. */
public class CasServicesIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String STORED = "org.latchkey.services.sql";
    private static final String PORTAL = "/cas-services/portal";
    private static final Map<String, Object> BODY = Map.of("url", "https://portal.example.org/", "match", "prefix");

    @Test
    public void row49_servicesAreKeptOverRestWhileThePluginIsThere() {
        Path jar = server.deploy(Server.shipped(STORED));
        await(10, () -> server.root().serves(STORED));
        assertThat(server.http().get("/cas-services/").status()).isEqualTo(401);
        assertThat(server.root().put(PORTAL, BODY).status()).isEqualTo(201);
        Http.Answer refused = server.root().put(PORTAL, Map.of("url", "https://(portal", "match", "pattern"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("pointer").asText()).isEqualTo("/url");
        server.kill();
        server.start();
        await(10, () -> server.root().serves(STORED));
        Http root = server.root();
        assertThat(root.get("/cas-services/").json().at("/services/0/url").asText())
                .isEqualTo("https://portal.example.org/");
        assertThat(root.delete(PORTAL).status()).isEqualTo(204);
        assertThat(root.get(PORTAL).status()).isEqualTo(404);
        server.undeploy(jar);
        await(10, () -> root.get(PORTAL).json().path("code").asText().equals("not-found") && !root.serves(STORED));
    }

    @Test
    public void row48_aSenselessFileIsToldInTheLogAndTakenUpWhenItIsRight() throws IOException {
        Path file = server.etc().resolve("latchkey.cas.service-broken.config");
        Files.write(file, List.of("url=\"https://(broken/\"", "match=\"pattern\""));
        Path jar = server.deploy(Server.shipped("org.latchkey.cas"));
        await(30, () -> server.logs().contains("Unclosed group"));
        Files.write(file, List.of("url=\"https://fine.example/\"", "match=\"ant\""));
        await(30, () -> server.logs().contains("exact, prefix, pattern"));
        server.undeploy(jar);
    }
}
