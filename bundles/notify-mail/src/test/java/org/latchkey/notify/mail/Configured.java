package org.latchkey.notify.mail;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.extension.Notice;
import org.osgi.framework.BundleContext;

/** An instance as somebody configured it. */
final class Configured {

    private Configured() {}

    /** To {@code ops@example.org}, in the clear on this machine, and these. */
    static Mail mail(int port, Map<String, ?> more) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "host",
                "127.0.0.1",
                "port",
                port,
                "security",
                "none",
                "from",
                "latchkey@example.org",
                "to",
                new String[] {"ops@example.org"},
                "connectMillis",
                10_000,
                "readMillis",
                10_000));
        values.putAll(more);
        return new Mail(proxy(BundleContext.class, Map.of()), config(values), Map.of("service.pid", Mail.PID + "~ops"));
    }

    static Mail.Config config(Map<String, ?> values) {
        return proxy(Mail.Config.class, values);
    }

    private static <T> T proxy(Class<T> type, Map<String, ?> values) {
        return type.cast(Proxy.newProxyInstance(
                Configured.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> Optional.<Object>ofNullable(values.get(method.getName()))
                        .orElse(method.getDefaultValue())));
    }

    static Notice notice(String type, Map<String, String> content) {
        return new Notice("n1", type, Instant.parse("2026-03-01T12:00:00Z"), "ada", content);
    }
}
