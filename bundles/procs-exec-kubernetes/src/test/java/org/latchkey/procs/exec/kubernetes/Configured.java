package org.latchkey.procs.exec.kubernetes;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;

/** Settings as somebody configured them. */
final class Configured {

    private Configured() {}

    /** A configuration with these values, and the defaults for the others. */
    static KubernetesExecutor.Config config(Map<String, ?> values) {
        return (KubernetesExecutor.Config) Proxy.newProxyInstance(
                Configured.class.getClassLoader(),
                new Class<?>[] {KubernetesExecutor.Config.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Annotation.class) {
                        throw new UnsupportedOperationException();
                    }
                    return Optional.<Object>ofNullable(values.get(method.getName()))
                            .orElse(method.getDefaultValue());
                });
    }
}
