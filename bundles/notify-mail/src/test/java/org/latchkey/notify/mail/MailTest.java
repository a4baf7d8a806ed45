package org.latchkey.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.notify.mail.Configured.mail;
import static org.latchkey.notify.mail.Configured.notice;

import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.extension.Notice;

/** Mails over a real SMTP server, in the clear; with TLS in {@link TlsTest}. */
public class MailTest {

    private Mailbox mailbox;

    @Before
    public void start() throws IOException {
        mailbox = new Mailbox(UnaryOperator.identity());
    }

    @After
    public void stop() {
        mailbox.close();
    }

    private Mailbox.Taken sent(Map<String, ?> settings, Notice notice) throws IOException {
        mail(mailbox.port(), settings).notify(notice);
        return mailbox.taken().get(mailbox.taken().size() - 1);
    }

    @Test
    public void row126AScheduledRunIsMailedToWhoWantsToKnow() throws Exception {
        Map<String, Object> settings = Map.of(
                "to", new String[] {"{notificationEmails}"}, "subject", "{{JobName}} | scheduled execution {{Status}}");
        Mailbox.Taken taken = sent(
                settings,
                notice(
                        "EXECUTION_EVENT",
                        Map.of(
                                "JobName", "backup",
                                "Status", "CREATED",
                                "ExecutionID", "4711",
                                "Args", "{\"DAY\":\"1\",\"DB_PASSWORD\":\"hunter2\"}",
                                "notificationEmails", "ada@example.org, bob@example.org,not an address")));
        assertThat(taken.from()).isEqualTo("latchkey@example.org");
        assertThat(taken.to()).containsExactly("ada@example.org", "bob@example.org");
        MimeMessage mail = taken.parsed();
        assertThat(mail.getSubject()).isEqualTo("backup | scheduled execution CREATED");
        assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat((String) mail.getContent())
                .contains("ExecutionID: 4711", "Status: CREATED", "Args: {\"DAY\":\"1\",\"DB_PASSWORD\":\"(hidden)\"}")
                .doesNotContain("hunter2");
    }

    @Test
    public void aNoticeWithoutTheFactIsMailedToNobody() throws IOException {
        mail(mailbox.port(), Map.of("to", new String[] {"{notificationEmails}"}))
                .notify(notice("entity.created", Map.of("entity", "bob")));
        assertThat(mailbox.taken()).isEmpty();
    }

    @Test
    public void theSameNoticeHasTheSameMessageId() throws Exception {
        String first =
                sent(Map.of(), notice("entity.created", Map.of())).parsed().getMessageID();
        String again =
                sent(Map.of(), notice("entity.created", Map.of())).parsed().getMessageID();
        assertThat(first).matches("<[0-9a-f-]{36}@example\\.org>").isEqualTo(again);
        assertThat(mailbox.taken().get(0).head())
                .contains("Auto-Submitted: auto-generated", "Subject: entity.created, by ada");
    }

    /** whatever is in the facts, the mail has the headers that we wrote, and no other. */
    @Test
    public void r06NobodyInjectsAHeader() throws Exception {
        List<String> attacks = List.of(
                "x\r\nBcc: evil@example.org",
                "x\nBcc: evil@example.org\n\nbody",
                "x\rBcc: evil@example.org",
                "x\u0000\u000b\f\u0085\u2028Bcc: evil@example.org",
                "\u00e4\r\n\r\n<script>",
                "=?UTF-8?Q?x=0D=0ABcc:_evil@example.org?=",
                "\r\n.\r\nMAIL FROM:<evil@example.org>",
                "a".repeat(5000) + "\r\nBcc: evil@example.org",
                "\uD800\r\nBcc: x");
        for (String attack : attacks) {
            Map<String, Object> settings =
                    Map.of("subject", "{{entity}}", "to", new String[] {"ops@example.org", "{mails}"});
            Mailbox.Taken taken = sent(settings, notice("entity.created", Map.of("entity", attack, "mails", attack)));
            assertThat(taken.to()).as(attack).containsExactly("ops@example.org");
            assertThat(taken.head().stream()
                            .filter(line -> !line.startsWith(" ") && !line.startsWith("\t"))
                            .map(line -> line.replaceFirst(":.*", "")))
                    .as(attack)
                    .containsExactlyInAnyOrder(
                            "Date",
                            "From",
                            "To",
                            "Message-ID",
                            "Subject",
                            "MIME-Version",
                            "Content-Type",
                            "Content-Transfer-Encoding",
                            "Auto-Submitted");
            assertThat(taken.head()).allMatch(line -> line.chars().allMatch(c -> c < 127 && (c >= ' ' || c == '\t')));
        }
        assertThat(mailbox.taken()).hasSize(attacks.size());
    }

    @Test
    public void r06WhatIsNotAsciiIsEncodedAndReadAgain() throws Exception {
        MimeMessage mail = sent(
                        Map.of("subject", "{{entity}} \u2013 neu"),
                        notice("entity.created", Map.of("entity", "J\u00fcrgen \uD83D\uDD11")))
                .parsed();
        assertThat(mail.getSubject()).isEqualTo("J\u00fcrgen \uD83D\uDD11 \u2013 neu");
        assertThat((String) mail.getContent()).contains("entity: J\u00fcrgen \uD83D\uDD11");
    }

    /** a value is escaped in HTML, and is nowhere read as a template. */
    @Test
    public void r06NobodyInjectsHtmlOrAnExpression() throws Exception {
        Map<String, Object> settings =
                Map.of("html", "<p>{{entity}}</p>", "text", "{{entity}}", "subject", "{{entity}}");
        String attack = "<img src=x onerror=alert(1)>\"'&{{id}}{{#facts}}${7*7}{{/facts}}{{{id}}}{{>part}}";
        Mailbox.Taken taken = sent(settings, notice("entity.created", Map.of("entity", attack)));
        MimeMultipart parts = (MimeMultipart) taken.parsed().getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat((String) parts.getBodyPart(0).getContent()).isEqualTo(attack);
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
        assertThat((String) parts.getBodyPart(1).getContent())
                .startsWith("<p>&lt;img src")
                .doesNotContain("<img")
                .contains("{{id}}");
        assertThat(taken.parsed().getSubject()).isEqualTo(attack);
    }

    @Test
    public void whatMayBeOtherwiseNextTimeIsTriedAgain() {
        Mail mail = mail(mailbox.port(), Map.of("to", new String[] {"ada@example.org", "bob@example.org"}));
        Notice notice = notice("entity.created", Map.of());
        mailbox.refuse("bob@example.org", 451);
        assertFails(mail, notice, "451");
        mailbox.refuse("bob@example.org", 250);
        mailbox.refuse("latchkey@example.org", 550);
        assertFails(mail, notice, "550");
        assertThat(mailbox.taken()).as("for none of them").isEmpty();
        assertThat(mail.fault().orElseThrow()).contains("did not take a mail").doesNotContain("hunter2");
        mailbox.close();
        assertFails(mail, notice, "MailConnectException");
    }

    @Test
    public void dataThatIsRefusedForNowIsTriedAgain() throws IOException {
        mailbox.answerToData(452);
        Mail mail = mail(mailbox.port(), Map.of());
        assertFails(mail, notice("entity.created", Map.of()), "452");
        mailbox.answerToData(250);
        mail.notify(notice("entity.created", Map.of()));
        assertThat(mailbox.taken()).hasSize(1);
        assertThat(mail.fault()).isEmpty();
    }

    private static void assertFails(Mail mail, Notice notice, String why) {
        assertThatThrownBy(() -> mail.notify(notice))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why)
                .hasMessageStartingWith("127.0.0.1:")
                .hasNoCause()
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    public void whatIsRefusedForGoodIsNotSentAgainAndTheOthersGetIt() throws IOException {
        mailbox.refuse("bob@example.org", 550);
        mailbox.refuse("carol@example.org", 553);
        Map<String, Object> three = new HashMap<>();
        three.put("to", new String[] {"bob@example.org", "ada@example.org", "carol@example.org"});
        assertThat(sent(three, notice("entity.created", Map.of())).to()).containsExactly("ada@example.org");
        mail(mailbox.port(), Map.of("to", new String[] {"bob@example.org"})).notify(notice("entity.created", Map.of()));
        mailbox.answerToData(554);
        mail(mailbox.port(), three).notify(notice("entity.created", Map.of()));
        assertThat(mailbox.taken()).hasSize(1);
    }
}
