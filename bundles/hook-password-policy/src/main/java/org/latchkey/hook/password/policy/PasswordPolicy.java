package org.latchkey.hook.password.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Refuses secrets that are easily guessed, at creation and at every change (NIST SP 800-63B-4, 3.1.1.2): by
 * length and by lists. There are no rules about kinds of characters, and no secret grows too old.
 *
 * <p>The secret is looked at in arrays that are wiped afterwards and never becomes a String. What cannot be
 * helped: the garbage collector may have moved such an array and left its old copy behind until that memory
 * is used again.
 */
@Component(configurationPid = "latchkey.passwordpolicy")
@Designate(ocd = PasswordPolicy.Config.class)
public final class PasswordPolicy implements DirectoryHook {

    @ObjectClassDefinition(name = "Password policy", description = "Refuses secrets that are easily guessed.")
    public @interface Config {
        @AttributeDefinition(
                name = "Least length",
                description = "In characters (Unicode code points), 8 or more; 15 where the secret is the only factor.",
                min = "8")
        int minLength() default 15;

        @AttributeDefinition(
                name = "Greatest length",
                description = "In characters (Unicode code points), 64 or more.",
                min = "64")
        int maxLength() default 256;

        @AttributeDefinition(
                name = "Blocklist",
                description = "A file of further refused secrets: UTF-8, one a line; relative to etc/.",
                required = false)
        String blocklist() default "";

        @AttributeDefinition(
                name = "Context words",
                description = "Words that a secret may not be made of, as it may not be made of its owner's names.")
        String[] contextWords() default {"latchkey"};
    }

    private final List<Rule> rules;

    @Activate
    public PasswordPolicy(BundleContext context, Config config) throws IOException {
        this(config, Path.of(context.getProperty("latchkey.etc")));
    }

    PasswordPolicy(Config config, Path etc) throws IOException {
        demand(config.minLength() >= 8, "minLength must be 8 or more, not " + config.minLength());
        demand(config.maxLength() >= 64, "maxLength must be 64 or more, not " + config.maxLength());
        demand(config.maxLength() >= config.minLength(), "maxLength must not be less than minLength");
        this.rules = List.of(
                new TooShort(config.minLength()),
                new TooLong(config.maxLength()),
                new Repetitive(),
                new Commonplace(blocklist(config, etc)),
                new MadeOfNames(config.contextWords()),
                new Sequential());
    }

    private static Blocklist blocklist(Config config, Path etc) throws IOException {
        Blocklist builtIn = Blocklist.builtIn();
        return config.blocklist().isBlank() ? builtIn : builtIn.and(etc.resolve(config.blocklist()));
    }

    private static void demand(boolean met, String fault) {
        if (!met) {
            throw new IllegalArgumentException(fault);
        }
    }

    @Override
    public Entity preSecretChange(Entity entity, Change<Entity> change) {
        Secret secret = change.secret().orElseThrow(PasswordPolicy::grantMissing);
        try (Candidate candidate = Candidate.of(secret)) {
            rules.forEach(rule -> rule.check(candidate, entity));
        }
        return entity;
    }

    /** A policy that cannot see what it is to judge must not let it pass. */
    private static Refusal grantMissing() {
        return new Refusal(
                "grant-missing",
                "The password policy may not see secrets, so none can be set: the operator must grant it secret:read.");
    }
}
