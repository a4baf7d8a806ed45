package org.latchkey.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Secret;
import org.latchkey.api.store.Store;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;

/**
 * Sees to it that there is a root. The first start makes it, with the secret the operator set or a random
 * one that is shown once; the offline bootstrap gives it a new secret. Meets no hook: there may be hooks
 * that nobody satisfies, and then root is needed most.
 */
@Component(service = FirstRoot.class, immediate = true)
public final class FirstRoot {

    private static final int NUMBER = 1;
    private static final int SECRET_LENGTH = 26;
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private final BundleContext context;
    private final Store store;
    private final SecretHasher hasher;

    @Activate
    public FirstRoot(BundleContext context, @Reference Store store, @Reference SecretHasher hasher) throws IOException {
        this.context = context;
        this.store = store;
        this.hasher = hasher;
        boolean bootstrap = Boolean.parseBoolean(context.getProperty("latchkey.bootstrap"));
        if (bootstrap || store.get(Accounts.KIND, EntitySteps.ROOT).isEmpty()) {
            make(new Accounts(store).find(EntitySteps.ROOT));
        }
        if (bootstrap) {
            Dictionary<String, Object> id = new Hashtable<>(Map.of(Condition.CONDITION_ID, "latchkey.bootstrapped"));
            context.registerService(Condition.class, Condition.INSTANCE, id);
        }
    }

    private void make(Optional<Account> present) throws IOException {
        Optional<String> chosen =
                Optional.ofNullable(context.getProperty("latchkey.root.secret")).filter(set -> !set.isEmpty());
        String plaintext = chosen.orElseGet(FirstRoot::random);
        if (chosen.isEmpty()) {
            keep(plaintext); // before it counts: an end in between must not leave a root whose secret nobody knows
        }
        try (Secret secret = Secret.of(plaintext.toCharArray())) {
            Grammar.refuseUnusableSecret(secret);
            Entity entity = present.map(Account::entity)
                    .orElse(Entity.named(EntitySteps.ROOT).withNumber(NUMBER))
                    .withCapabilities(Set.of(Capability.GLOBAL_ROOT))
                    .withLocked(false)
                    .withSecret();
            long era = present.map(before -> before.era() + 1).orElse(0L);
            store.commit(List.of(Accounts.put(new Account(entity, Optional.of(hasher.hash(secret)), era))));
        } catch (Store.Conflict anotherNode) {
            Files.deleteIfExists(file());
            return;
        }
        if (chosen.isEmpty()) {
            show(plaintext);
        } else {
            Files.deleteIfExists(file());
        }
    }

    /** To the operator's terminal, never to a log. */
    private void show(String plaintext) {
        System.out.println("The secret of root, shown once and kept in " + file() + ": " + plaintext);
    }

    /** In a file of the operator's. */
    private void keep(String plaintext) throws IOException {
        Path file = file();
        Path fresh = Files.createTempFile(
                file.getParent(),
                "root",
                ".secret",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, plaintext + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file() {
        return Path.of(context.getProperty("latchkey.data")).resolve("root-secret");
    }

    /** 130 bits, in letters and digits that are not mistaken for one another. */
    private static String random() {
        SecureRandom random = new SecureRandom();
        return random.ints(SECRET_LENGTH, 0, ALPHABET.length())
                .collect(StringBuilder::new, (text, i) -> text.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString();
    }
}
