package org.latchkey.notify.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A real SMTP server that keeps what it is given, and refuses what it is told to. */
final class Mailbox implements AutoCloseable {

    /** One mail that was taken. */
    record Taken(String from, List<String> to, String raw) {

        MimeMessage parsed() throws MessagingException {
            return new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
        }

        /** The lines before the first empty one. */
        List<String> head() {
            return List.of(raw.split("\r\n\r\n", 2)[0].split("\r\n"));
        }
    }

    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final SMTPServer server;
    private volatile int statusOfData = 250;

    Mailbox(UnaryOperator<SMTPServer.Builder> manner) throws UnknownHostException {
        this.server = manner.apply(SMTPServer.port(0)
                        .bindAddress(InetAddress.getByName("127.0.0.1"))
                        .insertReceivedHeaders(false)
                        .messageHandlerFactory(context -> new Handler()))
                .build();
        server.start();
    }

    int port() {
        return server.getPortAllocated();
    }

    List<Taken> taken() {
        return taken;
    }

    void refuse(String recipient, int status) {
        refused.put(recipient, status);
    }

    void answerToData(int status) {
        statusOfData = status;
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Handler implements MessageHandler {

        private final List<String> to = new ArrayList<>();
        private String from = "";

        @Override
        public void from(String address) throws RejectException {
            from = address;
            reject(address);
        }

        @Override
        public void recipient(String address) throws RejectException {
            reject(address);
            to.add(address);
        }

        private void reject(String address) throws RejectException {
            if (refused.containsKey(address)) {
                throw new RejectException(refused.get(address), "not wanted, hunter2");
            }
        }

        @Override
        public String data(InputStream in) throws RejectException, IOException {
            String raw = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            if (statusOfData != 250) {
                throw new RejectException(statusOfData, "not wanted, hunter2");
            }
            taken.add(new Taken(from, List.copyOf(to), raw));
            return "taken";
        }

        @Override
        public void done() {
            to.clear();
        }
    }
}
