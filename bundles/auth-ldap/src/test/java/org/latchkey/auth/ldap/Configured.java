package org.latchkey.auth.ldap;

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
import org.latchkey.api.extension.Verdict;

/** An instance as somebody configured it, and attempts to sign in with it. */
final class Configured implements AutoCloseable {

    static final String SOURCE = "org.latchkey.auth.ldap.LdapSignIn~test";

    final Examiner examiner;

    private Configured(Settings settings) {
        this.examiner = new Examiner(SOURCE, settings);
    }

    /** Settings that find Ada in a {@link TestDirectory}, and these. */
    static Configured with(Path caFile, String url, Map<String, ?> more) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "urls",
                new String[] {url},
                "caFile",
                caFile.toString(),
                "bindDn",
                TestDirectory.SEARCHER,
                "_bindPassword",
                TestDirectory.SEARCHER_SECRET,
                "base",
                TestDirectory.PEOPLE,
                "connectMillis",
                8000,
                "responseMillis",
                8000,
                "totalMillis",
                8000));
        values.putAll(more);
        return new Configured(Settings.of(config(values), Path.of("")));
    }

    /** A configuration with these values, and the defaults for the others. */
    static LdapSignIn.Config config(Map<String, ?> values) {
        return (LdapSignIn.Config) Proxy.newProxyInstance(
                Configured.class.getClassLoader(),
                new Class<?>[] {LdapSignIn.Config.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Annotation.class) {
                        throw new UnsupportedOperationException();
                    }
                    return Optional.<Object>ofNullable(values.get(method.getName()))
                            .orElse(method.getDefaultValue());
                });
    }

    Verdict signIn(String id, String secret) {
        Caller caller = new Caller("anonymous", Set.of(), "r1", "192.0.2.1", false);
        try (Secret given = Secret.of(secret.toCharArray())) {
            return examiner.judge(new Attempt(id, Optional.of(given), caller));
        }
    }

    @Override
    public void close() {
        examiner.close();
    }
}
