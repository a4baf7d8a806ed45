package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API server that keeps objects, and behind it something that does with them what a cluster does: the containers are
 * processes. A log is what there is so far, so each ends early, as logs do when a connection breaks.
 */
final class TestCluster implements AutoCloseable {

    static final String NAMESPACE = "procs";

    private static final Pattern LOG = Pattern.compile("/api/v1/namespaces/[^/]+/pods/([^/]+)/log\\?.*");

    private final Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
    private final Dispatcher objects = new KubernetesMixedDispatcher(responses);
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), responses, new LogsToo(), false);
    private final List<String> bodies = new ArrayList<>();
    final Map<String, Path> logs = new ConcurrentHashMap<>();
    final KubernetesClient admin;
    final Controller controller;

    /** Answers every request like that, if set. */
    volatile int broken;

    TestCluster(Path folder) {
        server.init();
        admin = Connection.open(config());
        controller = new Controller(this, folder);
    }

    Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url("/"))
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    synchronized List<String> bodies() {
        return List.copyOf(bodies);
    }

    private final class LogsToo extends Dispatcher {

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String body = new String(request.getBody().getBytes(), StandardCharsets.UTF_8);
            synchronized (TestCluster.this) {
                bodies.add(request.getMethod() + " " + request.getPath() + " " + body);
            }
            if (broken != 0 && !"GET".equals(request.getMethod())) {
                return new MockResponse().setResponseCode(broken);
            }
            Matcher log = LOG.matcher(request.getPath());
            return log.matches() ? log(log.group(1)) : objects.dispatch(request);
        }

        private MockResponse log(String pod) {
            Path file = logs.get(pod);
            try {
                return file == null
                        ? new MockResponse().setResponseCode(404)
                        : new MockResponse().setResponseCode(200).setBody(Files.readAllBytes(file));
            } catch (IOException e) {
                return new MockResponse().setResponseCode(500);
            }
        }
    }

    @Override
    public void close() {
        controller.close();
        admin.close();
        server.destroy();
    }
}
