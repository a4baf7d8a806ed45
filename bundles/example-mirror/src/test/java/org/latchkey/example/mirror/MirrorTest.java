package org.latchkey.example.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.extension.Notice;

/** Row 41: the calls that a service gets from an Okta-class mirror. */
public class MirrorTest {

    private static final String TOKEN = "t0k3n-hush";

    @Rule
    public final Service service = new Service();

    private final People people = new People();

    private Mirror mirror() {
        return mirror(Map.of("url", service.url().toString(), "_token", TOKEN));
    }

    private Mirror mirror(Map<String, Object> settings) {
        return new Mirror(people, (Mirror.Config) Proxy.newProxyInstance(
                MirrorTest.class.getClassLoader(),
                new Class<?>[] {Mirror.Config.class},
                (proxy, method, arguments) -> settings.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    private static Notice notice(String type, String... content) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < content.length; i += 2) {
            pairs.put(content[i], content[i + 1]);
        }
        return new Notice("notice-1", type, Instant.now(), "root", pairs);
    }

    private static Entity ada(String... groups) {
        return Entity.named("ada")
                .withNumber(7)
                .withMeta(MetaField.LEGAL_NAME, "Ada \"L\"")
                .withGroups(new LinkedHashSet<>(List.of(groups)));
    }

    @Test
    public void aUserIsPutAsItIsNow() throws IOException {
        people.with(ada());
        mirror().notify(notice("entity.created", "entity", "ada", "number", "7"));
        assertThat(service.calls()).singleElement().satisfies(call -> {
            assertThat(call.request()).isEqualTo("PUT /users/ada");
            assertThat(call.body()).contains("\"number\":7", "\"legal_name\":\"Ada \\\"L\\\"\"");
            assertThat(call.key()).isEqualTo("notice-1");
            assertThat(call.authorization()).isEqualTo("Bearer " + TOKEN);
        });
    }

    @Test
    public void aLockSuspends() throws IOException {
        people.with(ada().withLocked(true));
        mirror().notify(notice("entity.locked", "entity", "ada"));
        assertThat(service.requests()).containsExactly("PUT /users/ada", "POST /users/ada/lifecycle/suspend");
    }

    /** Late: the lock is told of when the entity is unlocked again. */
    @Test
    public void whatHoldsNowCounts() throws IOException {
        people.with(ada());
        mirror().notify(notice("entity.locked", "entity", "ada"));
        assertThat(service.requests()).containsExactly("PUT /users/ada", "POST /users/ada/lifecycle/unsuspend");
    }

    @Test
    public void theDestroyedIsDeactivatedAndDeleted() throws IOException {
        mirror().notify(notice("entity.destroyed", "entity", "ada", "number", "7"));
        assertThat(service.requests()).containsExactly("POST /users/ada/lifecycle/deactivate", "DELETE /users/ada");
    }

    @Test
    public void whoIsGoneMeanwhileIsNotPut() throws IOException {
        Mirror mirror = mirror();
        for (String type : List.of("entity.created", "entity.updated", "entity.unlocked", "membership.changed")) {
            mirror.notify(notice(type, "entity", "ada"));
        }
        mirror.notify(notice("group.updated", "group", "staff"));
        mirror.notify(notice("group.rules-changed", "group", "staff", "affected", "staff"));
        mirror.notify(notice("group.rules-changed", "group", "staff", "affected", ""));
        assertThat(service.calls()).isEmpty();
    }

    @Test
    public void membershipIsSentWhole() throws IOException {
        people.with(ada("staff", "admins"));
        mirror().notify(notice("membership.changed", "entity", "ada", "gained", "staff", "lost", ""));
        assertThat(service.requests()).containsExactly("PUT /users/ada", "PUT /users/ada/groups");
        assertThat(service.calls().get(1).body()).isEqualTo("{\"groups\":[\"admins\",\"staff\"]}");
    }

    /** Section 6, point 35: one rule alters many. */
    @Test
    public void ofGroupsThatARuleMayHaveChangedAllMembersAreSent() throws IOException {
        people.with(Group.named("staff")).with(Group.named("all")).with(Group.named("other"));
        for (String id : List.of("a", "b", "c", "d", "e")) {
            people.with(Entity.named(id).withGroups(new LinkedHashSet<>(List.of("all"))));
        }
        mirror().notify(notice("group.rules-changed", "group", "staff", "affected", "staff,all"));
        assertThat(service.requests())
                .containsExactly(
                        "PUT /groups/staff", "PUT /groups/staff/members", "PUT /groups/all", "PUT /groups/all/members");
        assertThat(service.calls().get(3).body()).isEqualTo("{\"members\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}");
    }

    @Test
    public void ofAListThatIsCutAllGroupsAreSent() throws IOException {
        people.with(Group.named("a")).with(Group.named("b")).with(Group.named("c"));
        mirror().notify(notice("group.rules-changed", "group", "a", "affected", "a,..."));
        assertThat(service.requests())
                .containsExactly(
                        "PUT /groups/a",
                        "PUT /groups/a/members",
                        "PUT /groups/b",
                        "PUT /groups/b/members",
                        "PUT /groups/c",
                        "PUT /groups/c/members");
    }

    @Test
    public void groupsComeAndGo() throws IOException {
        people.with(Group.named("staff").withNumber(3).withDisplayName("The staff"));
        mirror().notify(notice("group.created", "group", "staff"));
        mirror().notify(notice("group.destroyed", "group", "old"));
        assertThat(service.requests()).containsExactly("PUT /groups/staff", "DELETE /groups/old");
        assertThat(service.calls().get(0).body()).contains("\"number\":3", "\"display_name\":\"The staff\"");
    }

    @Test
    public void whatItDoesNotKnowIsNoneOfItsBusiness() throws IOException {
        people.with(ada());
        Mirror mirror = mirror();
        for (String type : List.of("entity.secret-changed", "entity.keys-changed", "plugin.rolled-back", "x")) {
            mirror.notify(notice(type, "entity", "ada"));
        }
        assertThat(service.calls()).isEmpty();
    }

    @Test
    public void whatMayBeOtherwiseNextTimeIsThrown() {
        people.with(ada());
        for (int status : List.of(500, 503, 429, 408, 425, 401, 302)) {
            service.answer(status);
            assertThatExceptionOfType(IOException.class)
                    .as(String.valueOf(status))
                    .isThrownBy(() -> mirror().notify(notice("entity.updated", "entity", "ada")))
                    .withMessageContaining(String.valueOf(status))
                    .withMessageNotContaining(TOKEN);
        }
        assertThat(service.requests()).hasSize(7).containsOnly("PUT /users/ada");
    }

    @Test
    public void whatWouldBeTheSameNextTimeIsDropped() throws IOException {
        people.with(ada().withLocked(true));
        for (int status : List.of(400, 403, 404, 409, 422)) {
            service.answer(status);
            mirror().notify(notice("entity.locked", "entity", "ada"));
        }
        assertThat(service.calls()).hasSize(10);
    }

    @Test
    public void aServiceThatHangsIsNotWaitedForLongerThanSet() {
        people.with(ada());
        service.hang();
        Mirror mirror = mirror(Map.of("url", service.url().toString(), "_token", TOKEN, "timeoutSeconds", 1));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> mirror.notify(notice("entity.updated", "entity", "ada")));
    }

    @Test
    public void afterItsDeadlineItBeginsNoFurtherRequest() {
        people.with(ada());
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> mirror().notify(notice("entity.updated", "entity", "ada")));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(service.calls()).isEmpty();
    }

    @Test
    public void aServiceThatIsNotThereIsThrown() {
        people.with(ada());
        String url = service.url().toString();
        service.after();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> mirror(Map.of("url", url, "_token", TOKEN))
                .notify(notice("entity.updated", "entity", "ada")));
    }

    @Test
    public void settingsThatAreUnsafeOrMissingAreRefusedWithoutTheToken() {
        for (String url : List.of(
                "",
                "http://mirror.example.com",
                "http://127.0.0.1.example.com",
                "ftp://127.0.0.1",
                "https:///x",
                "https://user:pw@mirror.example.com",
                "https://mirror.example.com?x=1")) {
            assertThatIllegalArgumentException()
                    .as(url)
                    .isThrownBy(() -> mirror(Map.of("url", url, "_token", TOKEN)))
                    .withMessageStartingWith("url");
        }
        for (String token : List.of("", "two words", "line\nbreak", "ü")) {
            assertThatIllegalArgumentException()
                    .as(token)
                    .isThrownBy(() -> mirror(Map.of("url", "https://mirror.example.com", "_token", token)))
                    .withMessageStartingWith(".token")
                    .withMessageNotContaining("word");
        }
        for (String url : List.of("https://mirror.example.com/api", "http://localhost:1", "http://[::1]:1/x")) {
            assertThat(new Remote(URI.create(url), TOKEN, 1000)).as(url).isNotNull();
        }
    }
}
