package org.latchkey.oauth.scope;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * All scopes that files say something of; live. Fails closed: where a file makes no sense, or two are about one scope of one
 * server, nobody may have it.
 */
@Component(service = ConfiguredScopes.class, immediate = true)
public final class ConfiguredScopes {

    private final List<ConfiguredScope> scopes = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindScope(ConfiguredScope scope) {
        scopes.add(scope);
    }

    void unbindScope(ConfiguredScope scope) {
        scopes.remove(scope);
    }

    private List<ScopeSettings> about(String mount, String scope) {
        return scopes.stream()
                .map(ConfiguredScope::settings)
                .filter(each -> each.isAbout(mount, scope))
                .toList();
    }

    /** Whether anything is said of it. */
    boolean isRuled(String mount, String scope) {
        return !about(mount, scope).isEmpty();
    }

    /** The rule, if what is said makes sense. */
    Optional<ScopeRule> rule(String mount, String scope) {
        List<ScopeSettings> all = about(mount, scope);
        return all.size() == 1 ? all.get(0).rule() : Optional.empty();
    }

    /** What people are told of it, by language; under the empty one for all others. */
    public Map<String, String> titles(String mount, String scope) {
        return about(mount, scope).stream()
                .findFirst()
                .map(ScopeSettings::titles)
                .orElse(Map.of());
    }
}
