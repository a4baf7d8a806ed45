package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;

/** Search through the whole directory: what was written is found, what the page about it says is so, no secret leaks. */
public class SearchRulesTest {

    private static final Path PAGE = Path.of("docs/search.md");

    private TestDirectory test;

    @Before
    public void settle() throws Exception {
        test = new TestDirectory();
        test.writer.createGroup(TestDirectory.ROOT, Group.named("staff"));
        Entity ada = Entity.named("ada").withNumber(1001).withKv("phone", List.of("12", "34"));
        create(ada.withMeta(MetaField.DISPLAY_NAME, "Ada Lovelace").withMeta(MetaField.SHELL, "/bin/bash"));
        create(Entity.named("adam").withNumber(1002).withMeta(MetaField.DISPLAY_NAME, "Adam O'Hara"));
        Entity bob = Entity.named("bob").withNumber(1003).withMeta(MetaField.DISPLAY_NAME, "Bob Adams");
        create(bob.withMeta(MetaField.BADGE_NUMBER, "B-7"));
        test.writer.addMember(TestDirectory.ROOT, "staff", "ada");
        test.writer.addMember(TestDirectory.ROOT, "staff", "adam");
        test.writer.lockEntity(TestDirectory.ROOT, "adam");
        test.writer.changeEntityCapabilities(TestDirectory.ROOT, "bob", held -> Set.of(Capability.LOCK_ENTITY));
        test.writer.addKey(TestDirectory.ROOT, "bob", "SSH", "ssh-ed25519 AAAA bob");
    }

    @Test
    public void row63_theExamplesOfThePageFindWhatItSays() throws IOException {
        List<MatchResult> examples = rows("^\\| `(.+)` \\| ([a-z, ]*) \\|$");
        assertThat(examples).hasSize(17);
        assertThat(examples).allSatisfy(example -> assertThat(String.join(", ", find(example.group(1))))
                .as(example.group(1))
                .isEqualTo(example.group(2).strip()));
    }

    @Test
    public void row63_whatThePageSaysIsNoQueryIsRefusedInThatColumn() throws IOException {
        List<MatchResult> examples = rows("^\\| `(.+)` \\| (\\d+) \\|$");
        assertThat(examples).hasSize(4);
        assertThat(examples).allSatisfy(example -> {
            Refusal refusal = catchThrowableOfType(Refusal.class, () -> find(example.group(1)));
            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
            assertThat(refusal).hasMessageStartingWith("Column " + example.group(2) + ": ");
        });
    }

    @Test
    public void whatChangesIsFoundAsItIsNow() {
        test.writer.updateEntity(TestDirectory.ROOT, "ada", Map.of(MetaField.DISPLAY_NAME, "Countess"));
        assertThat(find("countess")).containsExactly("ada");
        assertThat(find("meta.display_name:ada*")).containsExactly("adam");
        test.writer.destroyEntity(TestDirectory.ROOT, "adam");
        assertThat(find("meta.display_name:ada*")).isEmpty();
        assertThat(find("group:staff")).containsExactly("ada");
    }

    @Test
    public void row63_a05_noQueryMatchesASecret() throws Exception {
        try (Secret secret = TestDirectory.secret("hunter2hunter2")) {
            test.writer.createEntity(TestDirectory.ROOT, Entity.named("eve"), Optional.of(secret));
        }
        String stored = test.store.get("entity", "eve").orElseThrow().body();
        String hash = stored.replaceAll(".*\"secret\":\"([^\"]+)\".*", "$1");
        assertThat(hash).startsWith("$argon2id$");
        for (String field : List.of("", "id:", "kv.*:", "kv.secret:", "key.secret:", "meta.gecos:", "meta.shell:")) {
            for (String part : List.of("argon2", hash.substring(hash.length() - 8), hash, "hunter2")) {
                assertThat(find(field + "*\"" + part + "\"*")).as(field + part).isEmpty();
                assertThat(find(field + "\"" + part + "\"*")).as(field + part).isEmpty();
            }
        }
        for (String field : List.of("secret", "has_secret", "meta.secret", "Secret", "hash")) {
            assertThat(catchThrowableOfType(Refusal.class, () -> find(field + ":*")))
                    .as(field)
                    .hasMessageContaining("there is no field");
        }
    }

    private void create(Entity entity) {
        test.writer.createEntity(TestDirectory.ROOT, entity, Optional.empty());
    }

    private List<String> find(String query) {
        List<String> found = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            Page<Entity> page = test.directory.entities(query, cursor.get(), 2);
            page.items().stream()
                    .map(Entity::id)
                    .filter(id -> !id.equals("root"))
                    .forEach(found::add);
            cursor = page.next();
        }
        return found;
    }

    private static List<MatchResult> rows(String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(PAGE))
                .results()
                .toList();
    }
}
