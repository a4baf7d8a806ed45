package org.latchkey.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.auth.ldap.ExaminerTest.accepted;
import static org.latchkey.auth.ldap.TestDirectory.ADA;
import static org.latchkey.auth.ldap.TestDirectory.PEOPLE;
import static org.latchkey.auth.ldap.TestDirectory.SEARCHER_SECRET;
import static org.latchkey.auth.ldap.TestDirectory.SECRET;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.extension.Verdict;
import org.slf4j.LoggerFactory;

/** Attack case L-17, against the side that asks. */
public class AttackTest {

    @ClassRule
    public static final TemporaryFolder folder = new TemporaryFolder();

    private static final TestCa CA = new TestCa("Campus CA");
    private static final Map<String, Object> DIRECT =
            Map.of("userDn", "uid={username}," + PEOPLE, "bindDn", "", "_bindPassword", "", "base", "");

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private TestDirectory directory;
    private Path caFile;

    @Before
    public void start() throws Exception {
        caFile = CA.pem(folder.getRoot().toPath().resolve("ca.pem"));
        directory = new TestDirectory(CA.serverFor("localhost"), false);
        logged.start();
        root().addAppender(logged);
    }

    @After
    public void stop() {
        root().detachAppender(logged);
        directory.close();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    private Configured with(Map<String, ?> more) {
        return Configured.with(caFile, "ldap://localhost:" + directory.port(), more);
    }

    @Test
    public void attackL17_noNameIsAFilter() {
        for (String filter : List.of("(uid={username})", "(&(objectClass=*)(|(uid={username})(cn={username})))")) {
            try (Configured ldap = with(Map.of("filter", filter))) {
                for (String name : List.of(
                        "*",
                        "a*",
                        "ad*",
                        "*)(uid=*",
                        "ada)(uid=*",
                        "ada)(|(uid=*",
                        "*)(|(objectClass=*",
                        "\\2a",
                        "ad\\61",
                        "\\61da",
                        "(ada)",
                        "ada)",
                        "{username}",
                        "uid=ada",
                        ADA)) {
                    assertThat(ldap.signIn(name, SECRET)).as(name).isEqualTo(Verdict.NOT_MINE);
                }
                assertThat(directory.binds).doesNotContain(ADA);
                accepted(ldap.signIn("ada", SECRET));
            }
            directory.binds.clear();
        }
    }

    @Test
    public void attackL17_noNameIsADn() throws LDAPException {
        directory.add("dn: ou=other," + PEOPLE, "objectClass: organizationalUnit", "ou: other");
        directory.add(
                "dn: uid=eve,ou=other," + PEOPLE, "objectClass: inetOrgPerson", "uid: eve", "userPassword: " + SECRET);
        try (Configured ldap = with(DIRECT)) {
            for (String name : List.of(
                    "eve,ou=other",
                    "eve\\,ou=other",
                    "ada," + PEOPLE,
                    "ada+cn=x",
                    "ada\\",
                    "\"ada\"",
                    "#616461",
                    "\\61da",
                    "ada;ou=x",
                    "ada,ou=people,dc=example,dc=org#",
                    "*")) {
                assertThat(ldap.signIn(name, SECRET)).as(name).isInstanceOf(Verdict.Rejected.class);
            }
            accepted(ldap.signIn("ada", SECRET));
        }
    }

    @Test
    public void attackL17_aNameThatMatchesOnlyLooselyIsNotTheirs() {
        for (Map<String, Object> way : List.of(DIRECT, Map.<String, Object>of())) {
            try (Configured ldap = with(way)) {
                for (String name : List.of(" ada", "ada ", "  ada  ", "\u00a0ada")) {
                    assertThat(ldap.signIn(name, SECRET)).as("<" + name + ">").isNotInstanceOf(Verdict.Accepted.class);
                }
            }
        }
    }

    @Test
    public void attackL17_controlCharactersAndNulAreRefusedBeforeAnythingIsSent() {
        for (Map<String, Object> way : List.of(DIRECT, Map.<String, Object>of())) {
            try (Configured ldap = with(way)) {
                for (String name : List.of(
                        "\u0000", "ada\u0000", "\u0000ada", "ada\n", "a\u007fda", "\u0085", "", " ", "a".repeat(257))) {
                    assertThat(ldap.signIn(name, SECRET)).isInstanceOf(Verdict.Rejected.class);
                }
                for (String secret : List.of("\u0000" + SECRET, SECRET + "\u0000", "\u0000\u0000", "a\nb")) {
                    assertThat(ldap.signIn("ada", secret)).isInstanceOf(Verdict.Rejected.class);
                }
            }
        }
        assertThat(directory.connections()).isZero();
        assertThat(directory.binds).isEmpty();
    }

    @Test
    public void attackL17_noSecretIsRefusedBeforeAnythingIsSent() {
        for (Map<String, Object> way : List.of(DIRECT, Map.<String, Object>of())) {
            try (Configured ldap = with(way)) {
                assertThat(ldap.signIn("ada", "")).isEqualTo(new Verdict.Rejected("no secret"));
                assertThat(ldap.signIn("nobody", "")).isEqualTo(new Verdict.Rejected("no secret"));
            }
        }
        assertThat(directory.binds).isEmpty();
    }

    @Test
    public void attackL17_referralsAreNotFollowed() throws Exception {
        try (TestDirectory attacker = new TestDirectory(CA.serverFor("localhost"), false)) {
            LDAPException referral = new LDAPException(ResultCode.REFERRAL, "over there", "", new String[] {
                "ldap://localhost:" + attacker.port() + "/" + ADA
            });
            directory.answerToBind = Optional.of(referral);
            for (Map<String, Object> way : List.of(DIRECT, Map.<String, Object>of())) {
                try (Configured ldap = with(way)) {
                    assertThatThrownBy(() -> ldap.signIn("ada", SECRET)).isInstanceOf(Unavailable.class);
                }
            }
            directory.answerToSearch = Optional.of(referral);
            try (Configured ldap = with(Map.of())) {
                assertThatThrownBy(() -> ldap.signIn("ada", SECRET)).isInstanceOf(Unavailable.class);
            }
            assertThat(attacker.connections()).isZero();
            assertThat(attacker.binds).isEmpty();
        }
    }

    @Test
    public void attackL17_startTlsThatWasTakenAwayIsNoSignIn() {
        directory.close();
        directory = TestDirectory.inTheClear();
        for (Map<String, Object> way : List.of(DIRECT, Map.<String, Object>of())) {
            try (Configured ldap = with(way)) {
                assertThatThrownBy(() -> ldap.signIn("ada", SECRET))
                        .isInstanceOf(Unavailable.class)
                        .hasMessageContaining("no StartTLS");
            }
        }
        assertThat(directory.binds).isEmpty();
        assertThat(directory.searches).isEmpty();
    }

    @Test
    public void attackL17_aCertificateOfAnotherHostOrAuthorityGetsNoSecret() throws Exception {
        Path other = new TestCa("Another CA").pem(folder.getRoot().toPath().resolve("other.pem"));
        for (boolean fromTheStart : new boolean[] {true, false}) {
            try (TestDirectory wrong = new TestDirectory(CA.serverFor("ldap.example.org"), fromTheStart);
                    TestDirectory right = new TestDirectory(CA.serverFor("localhost", "127.0.0.1"), fromTheStart)) {
                String scheme = fromTheStart ? "ldaps" : "ldap";
                refused(caFile, scheme + "://localhost:" + wrong.port());
                refused(other, scheme + "://localhost:" + right.port());
                assertThat(wrong.binds).isEmpty();
                assertThat(right.binds).isEmpty();
                for (String host : List.of("localhost", "127.0.0.1")) {
                    try (Configured ldap =
                            Configured.with(caFile, scheme + "://" + host + ":" + right.port(), Map.of())) {
                        accepted(ldap.signIn("ada", SECRET));
                    }
                }
            }
        }
    }

    private static void refused(Path ca, String url) {
        try (Configured ldap = Configured.with(ca, url, Map.of())) {
            assertThatThrownBy(() -> ldap.signIn("ada", SECRET)).isInstanceOf(Unavailable.class);
            assertThat(ldap.examiner.fault()).isPresent();
        }
    }

    @Test
    public void secretsAreInNoLogAndNoException() throws Exception {
        Level before = root().getLevel();
        root().setLevel(Level.TRACE);
        StringBuilder said = new StringBuilder();
        try {
            for (ResultCode code :
                    List.of(ResultCode.REFERRAL, ResultCode.UNAVAILABLE, ResultCode.INVALID_CREDENTIALS)) {
                directory.answerToBind = Optional.of(new LDAPException(code, "no"));
                for (Map<String, Object> way : List.of(DIRECT, Map.<String, Object>of())) {
                    try (Configured ldap = with(way)) {
                        said.append(ldap.signIn("ada", SECRET));
                    } catch (Unavailable unavailable) {
                        StringWriter trace = new StringWriter();
                        unavailable.printStackTrace(new PrintWriter(trace));
                        said.append(trace);
                    }
                }
            }
        } finally {
            root().setLevel(before);
        }
        said.append(new Account("cn=x", SEARCHER_SECRET));
        logged.list.forEach(event -> said.append(event).append(event.getKeyValuePairs()));
        assertThat(said.toString())
                .contains("cannot be used")
                .doesNotContain(SECRET)
                .doesNotContain(SEARCHER_SECRET);
    }
}
