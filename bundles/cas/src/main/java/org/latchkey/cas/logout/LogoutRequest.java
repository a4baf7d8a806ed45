package org.latchkey.cas.logout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;

/**
 * The message that the session of one ticket is over: a SAML 2 LogoutRequest (CAS 3.0.3, appendix C). It is without any
 * blank, since an Apache module reads 1,023 bytes of the form and no more.
 *
 * @param id of this message
 * @param ticket the service ticket or proxy ticket as the application saw it
 */
public record LogoutRequest(String id, Instant issued, String ticket) {

    private static final String PARAMETER = "logoutRequest=";
    private static final int ID_BYTES = 16;
    private static final Pattern TICKET = Pattern.compile("[A-Za-z0-9.-]{1,256}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");

    /** @throws IllegalArgumentException if the id or the ticket has another character than it may, or too many */
    public LogoutRequest {
        if (!NAME.matcher(id).matches() || !TICKET.matcher(ticket).matches()) {
            throw new IllegalArgumentException("The id or the ticket of a logout request is malformed.");
        }
        issued = issued.truncatedTo(ChronoUnit.SECONDS);
    }

    /** One for this ticket with an id of its own. */
    public static LogoutRequest of(String ticket, Instant now, SecureRandom random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return new LogoutRequest("_" + HexFormat.of().formatHex(bytes), now, ticket);
    }

    /** The message; nothing in it needs to be escaped. */
    public String xml() {
        return "<samlp:LogoutRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"" + id
                + "\" Version=\"2.0\" IssueInstant=\"" + issued
                + "\"><saml:NameID xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">@NOT_USED@</saml:NameID>"
                + "<samlp:SessionIndex>" + ticket + "</samlp:SessionIndex></samlp:LogoutRequest>";
    }

    /** The body of the POST of the back channel ({@code application/x-www-form-urlencoded}). */
    public String form() {
        return PARAMETER + URLEncoder.encode(xml(), StandardCharsets.UTF_8);
    }

    /** The parameter of the GET of the front channel: the message, deflated (RFC 1950), in Base64, encoded for a query. */
    public String query() {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(xml().getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        String text = Base64.getEncoder().encodeToString(deflated.toByteArray());
        return PARAMETER + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Without the ticket, which is nothing for a log. */
    @Override
    public String toString() {
        return "LogoutRequest[" + id + "]";
    }
}
