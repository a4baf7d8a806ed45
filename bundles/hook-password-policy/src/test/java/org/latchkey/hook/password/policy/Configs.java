package org.latchkey.hook.password.policy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations: the defaults, but for what is given. */
final class Configs {

    private Configs() {}

    static PasswordPolicy.Config with(Map<String, Object> given) {
        return (PasswordPolicy.Config) Proxy.newProxyInstance(
                Configs.class.getClassLoader(),
                new Class<?>[] {PasswordPolicy.Config.class, Annotation.class},
                (proxy, setting, arguments) -> given.getOrDefault(setting.getName(), setting.getDefaultValue()));
    }
}
