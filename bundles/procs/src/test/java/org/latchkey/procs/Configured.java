package org.latchkey.procs;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Settings as they are by default, but for some. */
public final class Configured {

    private Configured() {}

    static ProcsEndpoint.Config with(Map<String, Object> changed) {
        return (ProcsEndpoint.Config) Proxy.newProxyInstance(
                Configured.class.getClassLoader(),
                new Class<?>[] {ProcsEndpoint.Config.class},
                (proxy, method, arguments) -> changed.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
