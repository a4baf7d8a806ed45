package org.latchkey.procs.exec.local;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Settings as somebody configured them. */
final class Configured {

    private Configured() {}

    /** A configuration with these values, and the defaults for the others. */
    static LocalExecutor.Config config(Map<String, ?> values) {
        return (LocalExecutor.Config) Proxy.newProxyInstance(
                Configured.class.getClassLoader(),
                new Class<?>[] {LocalExecutor.Config.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Annotation.class) {
                        throw new UnsupportedOperationException();
                    }
                    return Optional.<Object>ofNullable(values.get(method.getName()))
                            .orElse(method.getDefaultValue());
                });
    }

    static Settings settings(Path data, Map<String, ?> values) {
        return Settings.of(config(values), data);
    }
}
