package org.latchkey.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.notify.mail.Configured.mail;
import static org.latchkey.notify.mail.Configured.notice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

public class TlsTest {

    private static final String PASSWORD = "hunter2 of the relay";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Keys keys;
    private Optional<Mailbox> mailbox = Optional.empty();

    @Before
    public void makeKeys() throws Exception {
        keys = new Keys(folder.getRoot().toPath(), "localhost");
    }

    @After
    public void stop() {
        mailbox.ifPresent(Mailbox::close);
    }

    private Mailbox mailbox(UnaryOperator<SMTPServer.Builder> manner) throws IOException {
        mailbox = Optional.of(new Mailbox(manner));
        return mailbox.get();
    }

    private Mailbox withStartTls() throws Exception {
        var context = keys.server();
        return mailbox(server -> server.enableTLS()
                .requireTLS()
                .startTlsSocketFactory(context)
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, session) -> {
                    if (!user.equals("relay") || !password.equals(PASSWORD)) {
                        throw new LoginFailedException();
                    }
                })));
    }

    private void send(Mailbox box, Map<String, ?> more) throws IOException {
        Map<String, Object> values = new HashMap<>(
                Map.of("host", "localhost", "security", "starttls", "user", "relay", "_password", PASSWORD));
        values.putAll(more);
        mail(box.port(), values).notify(notice("entity.created", Map.of("entity", "bob")));
    }

    @Test
    public void withStartTlsAndSignInItIsTaken() throws Exception {
        Mailbox box = withStartTls();
        send(box, Map.of("caFile", keys.pem()));
        assertThat(box.taken()).hasSize(1);
    }

    @Test
    public void withTlsFromTheFirstByteItIsTaken() throws Exception {
        var context = keys.server();
        Mailbox box = mailbox(server -> server.serverSocketFactory(context.getServerSocketFactory()));
        send(box, Map.of("security", "tls", "caFile", keys.pem(), "user", "", "_password", ""));
        assertThat(box.taken()).hasSize(1);
    }

    @Test
    public void whoIsNotBelievedGetsNothing() throws Exception {
        Mailbox box = withStartTls();
        assertThatThrownBy(() -> send(box, Map.of())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> send(box, Map.of("caFile", keys.pem(), "host", "127.0.0.1")))
                .as("a certificate for another host")
                .isInstanceOf(IOException.class);
        assertThat(box.taken()).isEmpty();
    }

    @Test
    public void whoTakesStartTlsAwayGetsNothing() throws Exception {
        Mailbox box = mailbox(server -> server.hideTLS());
        assertThatThrownBy(() -> send(box, Map.of("caFile", keys.pem(), "user", "", "_password", "")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not take a mail");
        assertThat(box.taken()).isEmpty();
    }

    @Test
    public void aWrongPasswordIsNotQuoted() throws Exception {
        Mailbox box = withStartTls();
        assertThatThrownBy(() -> send(box, Map.of("caFile", keys.pem(), "_password", "hunter2 wrong")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("AuthenticationFailedException")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    public void aServerThatSaysNothingIsGivenUp() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Mail mail = mail(mute.getLocalPort(), Map.of("readMillis", 200));
            assertThatThrownBy(() -> mail.notify(notice("entity.created", Map.of())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("did not take a mail");
        }
    }
}
