package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How the cluster is reached: as a kubeconfig says, or from inside as Kubernetes tells each pod. */
final class Connection {

    private Connection() {}

    /** @throws IllegalArgumentException if it is not said how */
    static KubernetesClient open(KubernetesExecutor.Config settings, Path etc) {
        return open(settings.kubeconfig().isBlank() ? inside() : outside(settings, etc));
    }

    static KubernetesClient open(Config config) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(Connection.class.getClassLoader());
        try {
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientFactory(new JdkHttpClientFactory())
                    .build();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Config inside() {
        if (System.getenv("KUBERNETES_SERVICE_HOST") == null) {
            throw new IllegalArgumentException("kubeconfig is needed: the server is not inside a cluster");
        }
        // Nothing of whoever began the server: the account of its pod alone.
        return new ConfigBuilder(Config.autoConfigure(null)).build();
    }

    private static Config outside(KubernetesExecutor.Config settings, Path etc) {
        Path file = etc.resolve(settings.kubeconfig());
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("kubeconfig " + file + " cannot be read");
        }
        io.fabric8.kubernetes.api.model.Config parsed = KubeConfigUtils.parseConfig(file.toFile());
        String context = settings.context().isBlank() ? parsed.getCurrentContext() : settings.context();
        if (parsed.getContexts().stream().noneMatch(each -> each.getName().equals(context))) {
            throw new IllegalArgumentException("context \"" + context + "\" is not in kubeconfig " + file);
        }
        Config config = Config.empty();
        KubeConfigUtils.merge(config, context, parsed);
        return config;
    }
}
