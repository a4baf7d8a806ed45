package org.latchkey.notify.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.latchkey.api.extension.Notice;

/** Writes mails (RFC 5322, 2045-2047). What came from outside is in the subject, encoded, and in the bodies, nowhere else. */
final class Letters {

    private static final String UTF_8 = "UTF-8";

    private final String from;
    private final Templates templates;

    Letters(String from, Templates templates) {
        this.from = from;
        this.templates = templates;
    }

    /** The part of the sender's address after the sign. */
    String domain() {
        return from.substring(from.indexOf('@') + 1);
    }

    /** A mail of its own, whose id is the same whenever the notice is: mail servers can drop the second. */
    MimeMessage letter(Session session, Notice notice, Set<String> to) throws MessagingException {
        String id = "<" + UUID.nameUUIDFromBytes(notice.id().getBytes(StandardCharsets.UTF_8)) + "@" + domain() + ">";
        MimeMessage letter = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        letter.setFrom(new InternetAddress(from, true));
        for (String each : to) {
            letter.addRecipient(Message.RecipientType.TO, new InternetAddress(each, true));
        }
        letter.setSubject(templates.subject(notice), UTF_8);
        letter.setSentDate(Date.from(notice.at()));
        letter.setHeader("Auto-Submitted", "auto-generated");
        Optional<String> html = templates.html(notice);
        if (html.isPresent()) {
            letter.setContent(
                    new MimeMultipart("alternative", part(templates.text(notice), "plain"), part(html.get(), "html")));
        } else {
            letter.setText(templates.text(notice), UTF_8);
        }
        letter.saveChanges();
        return letter;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        return part;
    }
}
