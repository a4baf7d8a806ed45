package org.latchkey.auth.gate;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;

/** Settings as somebody configured them, and attempts to sign in. */
final class Configured {

    private Configured() {}

    /** Settings that name a host, and these. */
    static Settings settings(Map<String, ?> more) {
        Map<String, Object> values = new HashMap<>(Map.of("host", "gate.example.org"));
        values.putAll(more);
        return Settings.of(config(values), Path.of("/etc/latchkey"));
    }

    /** A configuration with these values, and the defaults for the others. */
    static GateSignIn.Config config(Map<String, ?> values) {
        return (GateSignIn.Config) Proxy.newProxyInstance(
                Configured.class.getClassLoader(),
                new Class<?>[] {GateSignIn.Config.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Annotation.class) {
                        throw new UnsupportedOperationException();
                    }
                    return Optional.<Object>ofNullable(values.get(method.getName()))
                            .orElse(method.getDefaultValue());
                });
    }

    static Attempt attempt(String id, String secret) {
        Caller caller = new Caller("anonymous", Set.of(), "r1", "192.0.2.1", false);
        return new Attempt(id, Optional.of(Secret.of(secret.toCharArray())), caller);
    }
}
