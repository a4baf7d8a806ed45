package org.latchkey.oauth.token;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.oauth.Grant;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.dpop.Binding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The grants that plugins bring. They come and go; each request sees those of its moment. */
public final class PluginGrants {

    private static final Logger log = LoggerFactory.getLogger(PluginGrants.class);

    private final Extensions<Grant> grants;
    private final Grant.Instance instance;
    private final GrantedAnswers answers;

    public PluginGrants(
            ExtensionPoints points,
            Grant.Instance instance,
            Settings settings,
            Authorizations authorizations,
            Owners owners,
            TokenAnswers answers,
            Clock clock) {
        this.grants = points.of(Grant.class);
        this.instance = instance;
        this.answers = new GrantedAnswers(settings, authorizations, owners, answers, clock);
    }

    Set<String> types() {
        Set<String> types = new TreeSet<>();
        try (Chain<Grant> chain = grants.enter()) {
            chain.links().forEach(link -> tell(link, Grant::type).ifPresent(types::add));
        }
        return types;
    }

    /** What they add to the metadata of the server; one that fails adds nothing. */
    public Map<String, Object> metadata() {
        Map<String, Object> all = new LinkedHashMap<>();
        try (Chain<Grant> chain = grants.enter()) {
            chain.links().forEach(link -> tell(link, grant -> grant.metadata(instance.issuer()))
                    .ifPresent(all::putAll));
        }
        return all;
    }

    private static <T> Optional<T> tell(Link<Grant> link, Function<Grant, T> question) {
        try {
            return Optional.ofNullable(link.call(question::apply));
        } catch (Refusal | PluginFault failed) {
            log.atWarn()
                    .addKeyValue("plugin", link.info().bundle())
                    .addKeyValue("reason", failed.getMessage())
                    .log("a grant does not say what it is");
            return Optional.empty();
        }
    }

    Map<String, Object> answer(
            String type, RegisteredClient client, Parameters parameters, Request request, Binding binding)
            throws Refused {
        Map<String, String> single = new LinkedHashMap<>();
        parameters.asMap().forEach((name, values) -> single.put(name, values.get(0)));
        single.keySet().removeAll(Set.of("client_secret", "client_assertion"));
        try (Chain<Grant> chain = grants.enter()) {
            for (Link<Grant> link : chain.links()) {
                if (tell(link, Grant::type).filter(type::equals).isPresent()) {
                    Grant.TokenRequest asked = new Grant.TokenRequest(instance, client.client(), single, request);
                    return answers.of(client, link.call(grant -> grant.grant(asked)), binding);
                }
            }
        } catch (Refusal refusal) {
            throw Refused.of(refusal);
        } catch (PluginFault fault) {
            log.atWarn()
                    .addKeyValue("grant", type)
                    .addKeyValue("fault", fault.getMessage())
                    .log("a grant failed");
            throw Refused.of("temporarily_unavailable", 503, "The grant does not work at the moment.");
        }
        throw Refused.of("unsupported_grant_type", "This grant_type is not offered any more.");
    }

    /** The answer of the grant that has a path of its own there, if one has. */
    public Optional<Response> handle(Request request) throws PluginFault {
        try (Chain<Grant> chain = grants.enter()) {
            for (Link<Grant> link : chain.links()) {
                Optional<Response> answer = link.call(grant -> grant.handle(instance, request));
                if (answer.isPresent()) {
                    return answer;
                }
            }
        }
        return Optional.empty();
    }
}
