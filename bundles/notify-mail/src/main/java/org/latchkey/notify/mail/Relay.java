package org.latchkey.notify.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives mails to the server. A mail goes to all of its recipients or to none, so that nobody gets it again when it is
 * tried again.
 *
 * <ul>
 *   <li>No connection, no trust, no sign-in, slowness, 4xx, a sender that is not wanted: an IOException. It may be
 *       otherwise next time, when the operator has looked at it.
 *   <li>5xx for a recipient, or for the mail as a whole: it will be so next time too. That is logged, and the others
 *       get it. Trying again would only hold up what waits behind it, and recipients are what people wrote somewhere.
 * </ul>
 */
final class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private final Server server;
    private final Session session;
    private volatile Optional<String> fault = Optional.empty();

    /** Writes the mail. */
    @FunctionalInterface
    interface Writer {
        MimeMessage write(Session session) throws MessagingException;
    }

    Relay(Server server, String greeting) {
        this.server = server;
        this.session = here(() -> Session.getInstance(server.properties(greeting)));
    }

    void send(Writer writer, Set<String> to) throws IOException {
        try {
            here(() -> {
                deliver(writer, to);
                return true;
            });
            fault = Optional.empty();
        } catch (MessagingException notNow) {
            String reason = reason(notNow);
            fault = Optional.of(reason);
            throw new IOException(reason); // without the cause: servers quote what they like
        }
    }

    /** Something that the mail library does, and may throw. */
    @FunctionalInterface
    private interface Task<T, X extends Exception> {
        T run() throws X;
    }

    /** The library looks for its parts through the thread's class loader, and they are in this bundle. */
    private static <T, X extends Exception> T here(Task<T, X> task) throws X {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Relay.class.getClassLoader());
        try {
            return task.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void deliver(Writer writer, Set<String> to) throws MessagingException {
        MimeMessage mail = writer.write(session);
        SMTPTransport transport = new SMTPTransport(session, new URLName("smtp", server.host(), -1, null, null, null));
        try {
            transport.connect(server.host(), server.port(), server.user().orElse(null), server.password());
            Set<String> left = new LinkedHashSet<>(to);
            while (!left.isEmpty() && !isTaken(transport, mail, left)) {
                log.debug("the mail is offered again, for those that the server knows");
            }
        } finally {
            close(transport);
        }
    }

    /** What was taken stays taken, however the connection ends. */
    private static void close(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException broken) {
            log.debug(
                    "a connection did not close cleanly: {}", broken.getClass().getSimpleName());
        }
    }

    /**
     * Offers the mail.
     *
     * @param left loses those that the server does not want for good
     * @return whether there is nothing more to do
     */
    private boolean isTaken(SMTPTransport transport, MimeMessage mail, Set<String> left) throws MessagingException {
        try {
            transport.sendMessage(mail, addresses(left));
            return true;
        } catch (SendFailedException refused) {
            List<SMTPAddressFailedException> each = ofRecipients(refused);
            boolean forGood = each.stream().allMatch(one -> isForGood(one.getReturnCode()));
            if (forGood && left.removeAll(unwanted(each))) {
                warn("recipients", each.get(0).getReturnCode(), each.size());
                return false;
            }
            if (each.isEmpty() && refused instanceof SMTPSendFailedException mailItself && isUnwanted(mailItself)) {
                warn("mail", mailItself.getReturnCode(), left.size());
                return true;
            }
            throw refused;
        }
    }

    /** Whether the server had heard the mail; what it says of the sender is for the operator to mend. */
    private static boolean isUnwanted(SMTPSendFailedException refused) {
        return isForGood(refused.getReturnCode())
                && !String.valueOf(refused.getCommand()).startsWith("MAIL");
    }

    private static Address[] addresses(Set<String> texts) throws AddressException {
        List<Address> all = new ArrayList<>();
        for (String each : texts) {
            all.add(new InternetAddress(each, true));
        }
        return all.toArray(Address[]::new);
    }

    private static boolean isForGood(int status) {
        return status / 100 == 5;
    }

    private static List<SMTPAddressFailedException> ofRecipients(SendFailedException refused) {
        List<SMTPAddressFailedException> all = new ArrayList<>();
        for (Exception next = refused.getNextException();
                next instanceof MessagingException one;
                next = one.getNextException()) {
            if (one instanceof SMTPAddressFailedException recipient) {
                all.add(recipient);
            }
        }
        return all;
    }

    private static Set<String> unwanted(List<SMTPAddressFailedException> each) {
        return each.stream().map(one -> one.getAddress().getAddress()).collect(Collectors.toSet());
    }

    private void warn(String what, int status, int recipients) {
        log.atWarn()
                .addKeyValue("event", "mail.refused")
                .addKeyValue("server", server)
                .addKeyValue("refused", what)
                .addKeyValue("status", status)
                .addKeyValue("recipients", recipients)
                .log("the server does not want it for good; it is not sent again");
    }

    /** Without the server's words, which may have anything in them. */
    private String reason(MessagingException notNow) {
        int status = 0;
        for (Exception next = notNow; next instanceof MessagingException one; next = one.getNextException()) {
            if (one instanceof SMTPSendFailedException refused) {
                status = refused.getReturnCode();
            } else if (one instanceof SMTPAddressFailedException recipient) {
                status = recipient.getReturnCode();
            }
        }
        String kind = Optional.ofNullable(notNow.getNextException())
                .map(cause -> ", " + cause.getClass().getSimpleName())
                .orElse("");
        return server + " did not take a mail: "
                + (status > 0 ? String.valueOf(status) : notNow.getClass().getSimpleName() + kind);
    }

    /** What was wrong with the last mail, if it was not taken. */
    Optional<String> fault() {
        return fault;
    }
}
