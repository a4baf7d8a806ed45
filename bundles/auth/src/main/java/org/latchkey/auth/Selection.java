package org.latchkey.auth;

import java.util.List;
import java.util.Set;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;

/**
 * The authenticators that may judge an attempt.
 *
 * @param names {@code bundle} or {@code bundle/component}; none for all there are
 */
record Selection(Set<String> names) {

    /** The source of those for whom the server itself vouches. */
    private static final String DIRECTORY = "directory";

    static final Selection ALL = new Selection(Set.of());

    Selection {
        names = Set.copyOf(names);
    }

    boolean has(ExtensionInfo info) {
        return names.isEmpty() || names.stream().anyMatch(name -> isCalled(name, info));
    }

    /** Whether it is one of them, and is what a principal has as its source. */
    boolean has(String source, ExtensionInfo info) {
        return has(info) && source.equals(info.core() ? DIRECTORY : info.name());
    }

    /** The names that nobody in the chain has; of all there are, that there is none. */
    List<String> missing(Chain<Authenticator> chain) {
        if (names.isEmpty()) {
            return chain.links().isEmpty() ? List.of("any authenticator") : List.of();
        }
        return names.stream()
                .filter(name -> chain.links().stream().noneMatch(link -> isCalled(name, link.info())))
                .sorted()
                .toList();
    }

    private static boolean isCalled(String name, ExtensionInfo info) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return name.equals(info.bundle());
        }
        String component = name.substring(slash + 1);
        return name.substring(0, slash).equals(info.bundle())
                && forms(info.name()).contains(component);
    }

    /** {@code org.example.SignIn~campus}, {@code org.example.SignIn} and {@code SignIn}. */
    private static Set<String> forms(String whole) {
        int instance = whole.indexOf('~');
        String component = instance < 0 ? whole : whole.substring(0, instance);
        return instance < 0
                ? Set.copyOf(List.of(whole, simple(component)))
                : Set.copyOf(List.of(whole, component, simple(component)));
    }

    private static String simple(String component) {
        return component.substring(component.lastIndexOf('.') + 1);
    }
}
