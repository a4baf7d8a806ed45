package org.latchkey.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.auth.ldap.TestDirectory.ADA;
import static org.latchkey.auth.ldap.TestDirectory.BASE;
import static org.latchkey.auth.ldap.TestDirectory.PEOPLE;
import static org.latchkey.auth.ldap.TestDirectory.SEARCHER;
import static org.latchkey.auth.ldap.TestDirectory.SECRET;

import com.unboundid.ldap.sdk.LDAPException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.latchkey.api.extension.Verdict;

public class ExaminerTest {

    @ClassRule
    public static final TemporaryFolder folder = new TemporaryFolder();

    private static final TestCa CA = new TestCa("Campus CA");
    private static final String GROUPS = "ou=groups," + BASE;

    private TestDirectory directory;
    private Path caFile;

    @Before
    public void start() throws Exception {
        caFile = CA.pem(folder.getRoot().toPath().resolve("ca.pem"));
        directory = new TestDirectory(CA.serverFor("localhost"), true);
    }

    @After
    public void stop() {
        directory.close();
    }

    private Configured with(Map<String, ?> more) {
        return Configured.with(caFile, "ldaps://localhost:" + directory.port(), more);
    }

    @Test
    public void theRightSecretIsAccepted() {
        try (Configured ldap = with(Map.of())) {
            assertThat(accepted(ldap.signIn("ada", SECRET)).id()).isEqualTo("ada");
            assertThat(accepted(ldap.signIn("ADA", SECRET)).id())
                    .as("one spelling")
                    .isEqualTo("ada");
        }
    }

    @Test
    public void aWrongSecretIsRejectedAndAnUnknownNameIsNotMine() {
        try (Configured ldap = with(Map.of())) {
            assertThat(ldap.signIn("ada", "wrong"))
                    .isEqualTo(new Verdict.Rejected("bind refused: invalid credentials"));
            assertThat(ldap.signIn("nobody", SECRET)).isEqualTo(Verdict.NOT_MINE);
        }
    }

    @Test
    public void l01_ofAnUnknownNameABindIsTriedTooButNotWithTheSecret() {
        try (Configured ldap = with(Map.of())) {
            ldap.signIn("ada", "wrong");
            int known = directory.binds.size();
            ldap.signIn("nobody", SECRET);
            List<String> unknown = directory.binds.subList(known, directory.binds.size());
            assertThat(unknown).hasSize(known).startsWith(SEARCHER);
            assertThat(unknown.get(1)).startsWith("cn=").endsWith(PEOPLE);
        }
    }

    @Test
    public void twoEntriesForANameAreRejected() throws LDAPException {
        directory.add(
                "dn: uid=ada,ou=groups," + BASE, "objectClass: inetOrgPerson", "uid: ada", "userPassword: " + SECRET);
        try (Configured ldap = with(Map.of("base", BASE))) {
            assertThat(ldap.signIn("ada", SECRET)).isEqualTo(new Verdict.Rejected("more than one entry has this name"));
            for (int i = 0; i < 5; i++) {
                directory.person("x" + i, "mail: shared@example.org");
            }
        }
        try (Configured ldap = with(Map.of("filter", "(mail={username})"))) {
            assertThat(ldap.signIn("shared@example.org", SECRET))
                    .isEqualTo(new Verdict.Rejected("more than one entry has this name"));
            assertThat(directory.binds).noneMatch(dn -> dn.startsWith("uid="));
        }
    }

    @Test
    public void whoBindsAtOnceNeedsNoAccount() {
        Map<String, Object> direct = Map.of(
                "userDn",
                "uid={username}," + PEOPLE,
                "bindDn",
                "",
                "_bindPassword",
                "",
                "base",
                "",
                "attributes",
                new String[] {"cn=name"},
                "groupBase",
                GROUPS,
                "groupFilter",
                "(member={dn})",
                "otherGroups",
                "keep");
        try (Configured ldap = with(direct)) {
            Principal ada = accepted(ldap.signIn("ada", SECRET));
            assertThat(ada.groups()).containsExactlyInAnyOrder("IT Staff", "other");
            assertThat(ldap.examiner.claims(ada).extra()).isEqualTo(Map.of("name", List.of("Ada Lovelace")));
            assertThat(ldap.signIn("ada", "wrong")).isInstanceOf(Verdict.Rejected.class);
            assertThat(ldap.signIn("nobody", SECRET)).isInstanceOf(Verdict.Rejected.class);
            assertThat(directory.binds).doesNotContain(SEARCHER);
        }
    }

    @Test
    public void attributesBecomeClaimsAndGroupsGetOtherNames() {
        Map<String, Object> mapped = Map.of(
                "attributes", new String[] {"mail=email", "cn=name", "jpegPhoto=picture"},
                "groups", new String[] {"cn=it staff, " + GROUPS + "=it"});
        try (Configured ldap = with(mapped)) {
            Principal ada = accepted(ldap.signIn("ada", SECRET));
            assertThat(ada.groups()).as("others are left out").containsExactly("it");
            Claims claims = ldap.examiner.claims(ada);
            assertThat(claims.memberOf()).containsExactly("it");
            assertThat(claims.extra())
                    .isEqualTo(Map.of(
                            "email", List.of("ada@example.org", "countess@example.org"),
                            "name", List.of("Ada Lovelace")));
        }
    }

    @Test
    public void groupsAreLookedForAsTheAccount() {
        Map<String, Object> searched = Map.of(
                "groupBase",
                GROUPS,
                "groupFilter",
                "(|(member={dn})(memberUid={id}))",
                "groups",
                new String[] {"IT STAFF=it"},
                "otherGroups",
                "keep");
        try (Configured ldap = with(searched)) {
            assertThat(accepted(ldap.signIn("Ada", SECRET)).groups()).containsExactlyInAnyOrder("it", "other");
            assertThat(directory.binds).containsExactly(SEARCHER, ADA, SEARCHER);
            assertThat(accepted(ldap.signIn("bob", SECRET)).groups()).containsExactly("teachers");
        }
    }

    @Test
    public void anAttributeBecomesTheId() throws LDAPException {
        try (Configured ldap = with(Map.of("idAttribute", "employeeNumber"))) {
            assertThat(accepted(ldap.signIn("ada", SECRET)).id()).isEqualTo("e7");
            assertThat(ldap.signIn("bob", SECRET)).as("has none").isInstanceOf(Verdict.Rejected.class);
            directory.change("uid=bob," + PEOPLE, "employeeNumber", "E7");
            assertThat(ldap.signIn("bob", SECRET)).isEqualTo(new Verdict.Rejected("not just one entry has this id"));
            assertThat(ldap.signIn("ada", SECRET)).isEqualTo(new Verdict.Rejected("not just one entry has this id"));
        }
        try (Configured ldap = with(Map.of("idAttribute", "mail"))) {
            assertThat(ldap.signIn("ada", SECRET)).as("has two").isInstanceOf(Verdict.Rejected.class);
        }
    }

    @Test
    public void whoActiveDirectoryDisabledOrLockedOutIsRejected() throws LDAPException {
        try (Configured ldap = with(Map.of())) {
            directory.change(ADA, "userAccountControl", "512");
            accepted(ldap.signIn("ada", SECRET));
            directory.change(ADA, "userAccountControl", "514");
            assertThat(ldap.signIn("ada", SECRET)).isEqualTo(new Verdict.Rejected("the account is disabled"));
            directory.change(ADA, "userAccountControl", "528");
            assertThat(ldap.signIn("ada", SECRET)).isEqualTo(new Verdict.Rejected("the account is locked out"));
            directory.change(ADA, "userAccountControl", "512");
            directory.change(ADA, "msDS-User-Account-Control-Computed", "8388608");
            assertThat(ldap.signIn("ada", SECRET)).isEqualTo(new Verdict.Rejected("the secret has expired"));
            directory.change(ADA, "msDS-User-Account-Control-Computed", "what");
            assertThat(ldap.signIn("ada", SECRET)).isInstanceOf(Verdict.Rejected.class);
        }
    }

    @Test
    public void claimsAreReadAgainByANewRevisionAndNeverForOthers() throws LDAPException {
        Map<String, Object> mapped = Map.of("attributes", new String[] {"cn=name"});
        Principal ada = new Principal("ada", Configured.SOURCE, Set.of(), Set.of());
        try (Configured ldap = with(mapped)) {
            assertThat(ldap.examiner.claims(ada).extra()).isEqualTo(Map.of("name", List.of("Ada Lovelace")));
            assertThat(ldap.examiner
                            .claims(new Principal("bob", Configured.SOURCE, Set.of(), Set.of()))
                            .extra())
                    .isEqualTo(Map.of("name", List.of("Bob")));
            assertThat(ldap.examiner.claims(new Principal("ada", "directory", Set.of(), Set.of())))
                    .isEqualTo(Claims.NONE);
            directory.remove(ADA);
            assertThatThrownBy(() -> ldap.examiner.claims(ada)).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    public void manyAtOnceShareFewConnectionsAndNobodyGetsAnothersAnswer() throws LDAPException {
        for (int i = 0; i < 40; i++) {
            directory.person("p" + i, "cn: Name " + i);
        }
        try (Configured ldap = with(Map.of("connections", 4, "attributes", new String[] {"cn=name"}))) {
            List<String> wrong = IntStream.range(0, 400)
                    .parallel()
                    .mapToObj(i -> {
                        boolean right = i % 3 != 0;
                        Verdict verdict = ldap.signIn("p" + i % 40, right ? SECRET : "wrong");
                        if (!right || !(verdict instanceof Verdict.Accepted)) {
                            return !right && verdict instanceof Verdict.Rejected ? "" : i + " " + verdict;
                        }
                        Principal principal = accepted(verdict);
                        return principal.id().equals("p" + i % 40)
                                        && ldap.examiner
                                                .claims(principal)
                                                .extra()
                                                .equals(Map.of("name", List.of("Name " + i % 40)))
                                ? ""
                                : i + " " + principal;
                    })
                    .filter(each -> !each.isEmpty())
                    .toList();
            assertThat(wrong).isEmpty();
            assertThat(directory.connections()).isLessThanOrEqualTo(4);
        }
    }

    static Principal accepted(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return ((Verdict.Accepted) verdict).principal();
    }
}
