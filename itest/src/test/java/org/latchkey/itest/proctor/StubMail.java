package org.latchkey.itest.proctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.rules.ExternalResource;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** An SMTP server on this machine that wants a password. */
public final class StubMail extends ExternalResource {

    public static final String USER = "latchkey";
    public static final String PASSWORD = "hush-of-the-relay";

    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final SMTPServer server;
    private volatile int status = 250;

    public StubMail() {
        try {
            server = SMTPServer.port(0)
                    .bindAddress(InetAddress.getByName("127.0.0.1"))
                    .requireAuth()
                    .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, session) -> {
                        if (!user.equals(USER) || !password.equals(PASSWORD)) {
                            throw new LoginFailedException();
                        }
                    }))
                    .messageHandlerFactory(context -> new Handler())
                    .build();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
        server.start(); // at once, since its port is in the settings of who sends
    }

    public int port() {
        return server.getPortAllocated();
    }

    /** Mails that were taken, as they came over the line. */
    public List<String> mails() {
        return mails;
    }

    /** From now on, to the content of a mail. */
    public void answer(int changed) {
        status = changed;
    }

    @Override
    protected void after() {
        server.stop();
    }

    private final class Handler implements MessageHandler {

        @Override
        public void from(String address) {
            // anybody who has signed in
        }

        @Override
        public void recipient(String address) {
            // anybody
        }

        @Override
        public String data(InputStream in) throws RejectException, IOException {
            String mail = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (status != 250) {
                throw new RejectException(status, "not now");
            }
            mails.add(mail);
            return "taken";
        }

        @Override
        public void done() {
            // nothing is kept of a session
        }
    }
}
