package org.latchkey.oauth.token;

import java.util.LinkedHashMap;
import java.util.List;
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
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.dpop.Binding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The grants that plugins bring. They come and go; each request sees those of its moment. */
public final class PluginGrants {

    private static final Logger log = LoggerFactory.getLogger(PluginGrants.class);

    /** What no plugin is given. */
    private static final Set<String> CREDENTIALS = Set.of("client_secret", "client_assertion", "client_assertion_type");

    private final Extensions<Grant> grants;
    private final Grant.Instance instance;
    private final GrantedAnswers answers;

    /** @param answers how tokens are made of what a plugin grants */
    public PluginGrants(ExtensionPoints points, Grant.Instance instance, GrantedAnswers answers) {
        this.grants = points.of(Grant.class);
        this.instance = instance;
        this.answers = answers;
    }

    /** Another object whenever one came or went. */
    public Object served() {
        return grants.links();
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
        Grant.TokenRequest asked = asked(instance, client, parameters, request);
        try (Chain<Grant> chain = grants.enter()) {
            for (Link<Grant> link : chain.links()) {
                if (tell(link, Grant::type).filter(type::equals).isPresent()) {
                    return answers.of(
                            client, link.info().name(), link.call(grant -> grant.grant(asked)), request, binding);
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

    /** A client's request as a grant sees it: without the client's credentials. */
    public static Grant.TokenRequest asked(
            Grant.Instance instance, RegisteredClient client, Parameters parameters, Request request) {
        Map<String, List<String>> form = new LinkedHashMap<>(parameters.asMap());
        form.keySet().removeAll(CREDENTIALS);
        return new Grant.TokenRequest(instance, client.client(), form, request);
    }

    /**
     * The answer of the grant that has a path of its own there, if one has. One that fails keeps nobody from the paths of the
     * others.
     *
     * @throws PluginFault if one failed, and no other has that path
     */
    public Optional<Response> handle(Request request) throws PluginFault {
        Optional<PluginFault> failed = Optional.empty();
        try (Chain<Grant> chain = grants.enter()) {
            for (Link<Grant> link : chain.links()) {
                try {
                    Optional<Response> answer = link.call(grant -> grant.handle(instance, request));
                    if (answer.isPresent()) {
                        return answer;
                    }
                } catch (PluginFault fault) {
                    failed = Optional.of(fault);
                }
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
        return Optional.empty();
    }
}
