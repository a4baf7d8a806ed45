package org.latchkey.auth.ldap;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.ClaimSource;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.extension.Verdict;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * One directory that people sign in with, for each {@code etc/latchkey.auth.ldap-<instance>.config}. What is wrong with
 * the configuration is refused here; a server that does not answer is told as health, is an attempt that is not judged,
 * and is asked again later.
 */
@Component(
        name = LdapSignIn.NAME,
        configurationPid = LdapSignIn.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = HealthCheck.READINESS + ":Boolean=false")
@Designate(ocd = LdapSignIn.Config.class, factory = true)
public final class LdapSignIn implements Authenticator, ClaimSource, HealthCheck {

    @ObjectClassDefinition(
            name = "Sign-in by LDAP",
            description = "People who are in an LDAP directory or an Active Directory.")
    public @interface Config {
        @AttributeDefinition(name = "URLs", description = "The servers, ldaps:// or ldap://; the first that answers.")
        String[] urls() default {};

        @AttributeDefinition(
                name = "StartTLS",
                description = "Whether ldap:// connections turn to TLS first.",
                options = {@Option(value = "required", label = "required"), @Option(value = "no", label = "no")})
        String startTls() default "required";

        @AttributeDefinition(
                name = "Allow plain",
                description = "Lets secrets cross the network in the clear, with StartTLS \"no\".")
        boolean allowPlain() default false;

        @AttributeDefinition(name = "CA file", description = "PEM file of the authorities whose servers are believed.")
        String caFile() default "";

        @AttributeDefinition(name = "Trust store", description = "PKCS #12 or JKS file of them, instead.")
        String trustStore() default "";

        @AttributeDefinition(
                name = "Trust store password",
                description = "Of that file.",
                type = AttributeType.PASSWORD)
        String _trustStorePassword() default "";

        @AttributeDefinition(
                name = "Bind DN",
                description = "The account that looks for people; none to look as nobody.")
        String bindDn() default "";

        @AttributeDefinition(name = "Bind password", description = "Its secret.", type = AttributeType.PASSWORD)
        String _bindPassword() default "";

        @AttributeDefinition(name = "Base", description = "The DN below which people are.")
        String base() default "";

        @AttributeDefinition(name = "Filter", description = "Whose entry it is; {username} is what they typed.")
        String filter() default "(uid={username})";

        @AttributeDefinition(
                name = "User DN",
                description = "Name of everybody's entry, uid={username},ou=..., to bind at once instead of looking.")
        String userDn() default "";

        @AttributeDefinition(
                name = "Id attribute",
                description = "What becomes their id, in lower case; what they typed if empty.")
        String idAttribute() default "";

        @AttributeDefinition(name = "Attributes", description = "What becomes which claim, such as mail=email.")
        String[] attributes() default {};

        @AttributeDefinition(name = "Group attribute", description = "What has the DNs of somebody's groups.")
        String groupAttribute() default "memberOf";

        @AttributeDefinition(name = "Group base", description = "The DN below which groups are looked for, instead.")
        String groupBase() default "";

        @AttributeDefinition(
                name = "Group filter",
                description = "Which groups they are in; {dn} is their entry, {id} their id.")
        String groupFilter() default "";

        @AttributeDefinition(name = "Group name", description = "What has the name of a group that was looked for.")
        String groupName() default "cn";

        @AttributeDefinition(
                name = "Groups",
                description = "What groups are called here, there=here; there is a DN or a name.")
        String[] groups() default {};

        @AttributeDefinition(
                name = "Other groups",
                description = "What becomes of groups that are not listed.",
                options = {@Option(value = "ignore", label = "ignore"), @Option(value = "keep", label = "keep")})
        String otherGroups() default "ignore";

        @AttributeDefinition(
                name = "Control",
                description = "Whether its rejection is final (requisite) or others are asked (sufficient).",
                options = {
                    @Option(value = "sufficient", label = "sufficient"),
                    @Option(value = "requisite", label = "requisite")
                })
        String latchkey_control() default "sufficient";

        @AttributeDefinition(name = "Ranking", description = "Higher is asked earlier; Latchkey's own directory has 0.")
        int service_ranking() default -100;

        @AttributeDefinition(name = "Connect", description = "Milliseconds until a server must be connected.")
        int connectMillis() default 1500;

        @AttributeDefinition(name = "Response", description = "Milliseconds until it must have answered a request.")
        int responseMillis() default 3000;

        @AttributeDefinition(name = "Total", description = "Milliseconds that a whole sign-in may take.")
        int totalMillis() default 5000;

        @AttributeDefinition(name = "Retry", description = "Milliseconds that a server that failed is left alone.")
        int retryMillis() default 5000;

        @AttributeDefinition(name = "Connections", description = "How many sign-ins at once.")
        int connections() default 16;
    }

    static final String PID = "latchkey.auth.ldap";
    static final String NAME = "org.latchkey.auth.ldap.LdapSignIn";

    private final String name;
    private final Examiner examiner;

    @Activate
    public LdapSignIn(BundleContext context, Config config, Map<String, Object> properties) {
        String etc = context.getProperty("latchkey.etc");
        String pid = String.valueOf(properties.get("service.pid"));
        String instance = pid.contains("~") ? pid.substring(pid.indexOf('~')) : "";
        this.name = "auth.ldap" + instance;
        this.examiner = new Examiner(NAME + instance, Settings.of(config, Path.of(etc == null ? "" : etc)));
    }

    @Deactivate
    void deactivate() {
        examiner.close();
    }

    @Override
    public Verdict authenticate(Attempt attempt) {
        return examiner.judge(attempt);
    }

    @Override
    public Claims claims(Principal principal) {
        return examiner.claims(principal);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> fault() {
        return examiner.fault();
    }
}
