package org.latchkey.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.ldap.TestLdap.ADA;
import static org.latchkey.ldap.TestLdap.READER;
import static org.latchkey.ldap.TestLdap.await;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

public class StationTest {

    @Rule
    public final TestLdap ldap = new TestLdap().with("maxConnections", 5).with("idleSeconds", 2);

    @Test
    public void whenItIsStoppedThePortIsClosedAndClientsAreCut() throws LDAPException {
        LDAPConnection client = ldap.client(ADA);
        ldap.stop();
        assertThat(ldap.isListening()).isFalse();
        await(() -> !works(client));
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().endsWith("to 127.0.0.1:" + ldap.port)));
        ldap.start();
    }

    @Test
    public void whenItsTurnIsOverItGoesOnWithTheClientsItHas() throws LDAPException {
        LDAPConnection client = ldap.client(READER);
        ldap.turn = false;
        await(() -> !ldap.isListening());
        assertThat(works(client)).isTrue();
        ldap.turn = true;
        await(ldap::isListening);
        assertThat(works(client)).isTrue();
    }

    @Test
    public void atASwapNobodyIsRefused() throws Exception {
        Station next = ldap.another(new ItsTurn(), ldap.sockets);
        ldap.next = Turn.Next.SILENT;
        ldap.turn = false;
        try {
            for (int each = 0; each < 60; each++) {
                if (each == 20) {
                    next.start();
                }
                ldap.next = next.fault().isEmpty() ? Turn.Next.LISTENS : Turn.Next.SILENT;
                try (LDAPConnection client = new LDAPConnection("127.0.0.1", ldap.port)) {
                    assertThat(client.getRootDSE()).isNotNull();
                }
                Thread.sleep(20);
            }
            assertThat(next.fault()).isEmpty();
        } finally {
            next.stop();
        }
    }

    @Test
    public void aPortThatIsTakenIsToldAndTriedAgain() throws IOException {
        ldap.stop();
        try (ServerSocket other = new ServerSocket(ldap.port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            ldap.start();
            await(() -> ldap.fault().isPresent());
            assertThat(ldap.fault().orElseThrow()).startsWith("it cannot listen for LDAP on 127.0.0.1");
        }
        await(() -> ldap.fault().isEmpty());
        assertThat(ldap.isListening()).isTrue();
    }

    @Test
    public void twoServersDoNotShareAPortUnawares() {
        Station foreign = ldap.another(new ItsTurn(), new MemorySockets());
        foreign.start();
        try {
            await(() -> foreign.fault().orElse("").contains("cannot listen"));
        } finally {
            foreign.stop();
        }
    }

    @Test
    public void strangersGiveWayWhenAllPlacesAreTaken() throws Exception {
        LDAPConnection known = ldap.client(READER);
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int each = 0; each < 12; each++) {
                strangers.add(new Socket("127.0.0.1", ldap.port));
            }
            await(() -> ldap.connections() <= 5);
            await(() -> {
                try (LDAPConnection client = new LDAPConnection("127.0.0.1", ldap.port)) {
                    return client.getRootDSE() != null;
                } catch (LDAPException full) {
                    return false;
                }
            });
            assertThat(works(known)).isTrue();
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    public void whoIsSilentForTooLongIsCut() throws Exception {
        LDAPConnection client = ldap.client(READER);
        try (Socket slow = new Socket("127.0.0.1", ldap.port)) {
            slow.getOutputStream().write(0x30);
            slow.setSoTimeout(30_000);
            assertThat(slow.getInputStream().readAllBytes())
                    .as("cut in the middle of a message")
                    .isNotNull();
        }
        await(() -> !works(client));
    }

    @Test
    public void attackL17_aNestedFilterCostsTheConnectionAndNothingElse() throws Exception {
        LDAPConnection known = ldap.client(READER);
        try (Socket attacker = new Socket("127.0.0.1", ldap.port)) {
            attacker.setSoTimeout(30_000);
            attacker.getOutputStream().write(DeepSearch.of(5000));
            String answer = new String(attacker.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).as("notice of disconnection, and the end").contains("1.3.6.1.4.1.1466.20036");
        }
        assertThat(works(known)).isTrue();
    }

    private static boolean works(LDAPConnection client) {
        try {
            return client.isConnected() && client.getRootDSE() != null;
        } catch (LDAPException cut) {
            return false;
        }
    }

    private static final class ItsTurn implements Turn {
        @Override
        public boolean isMine() {
            return true;
        }

        @Override
        public Next next() {
            return Next.NONE;
        }

        @Override
        public boolean isProbation() {
            return false;
        }
    }
}
