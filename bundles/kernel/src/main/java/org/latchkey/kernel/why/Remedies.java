package org.latchkey.kernel.why;

import java.util.List;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.kernel.jar.Rejection;

/** What to do about a file that cannot be read as a bundle. */
final class Remedies {

    private record Remedy(String word, String fix) {}

    private static final List<Remedy> TABLE = List.of(
            new Remedy("empty", "Copy it again: the copy was cut off."),
            new Remedy("truncated", "Copy it again: the copy was cut off."),
            new Remedy("not a jar", "Look into the file: it may be the error page of a failed download."),
            new Remedy("fragment", "Make it a bundle of its own, without Fragment-Host."),
            new Remedy("not a version", "Write Bundle-Version as 1.2.3, or 1.2.3.qualifier."),
            new Remedy("larger than", "Leave out of the jar what the server has already."),
            new Remedy("leads out of the jar", "Do not deploy it: no build tool writes such names."),
            new Remedy("two entries named", "Do not deploy it: it was changed after it was built."),
            new Remedy("the whole bundle", "Import the packages it uses instead of requiring a bundle."),
            new Remedy(
                    "a copy of Latchkey's API",
                    "Leave the API out of the jar: compile against it with the scope provided."),
            new Remedy("Service-Component", "Build the jar anew and let bnd write the header and the file."),
            new Remedy("document type", "Build the jar anew and let bnd write the description."),
            new Remedy("modified after signing", "Do not deploy it; get it again from its author."),
            new Remedy("is not signed", "Have it signed by somebody whom the trust store knows."),
            new Remedy("signed with", "Have it signed anew, with a key of today."),
            new Remedy("signer", "Have it signed by somebody whom the trust store knows."),
            new Remedy("Its signature", "Have it signed anew, as a whole."),
            new Remedy("is revoked", "Have it signed with another certificate."),
            new Remedy("with which it is signed", "Have it signed with a certificate that is valid."),
            new Remedy("its SHA-256 is", "Add its SHA-256 to the pins, if this is the jar you mean."),
            new Remedy("is a downgrade", "Deploy a later version, or set allowDowngrade for this once."),
            new Remedy("No jar is accepted", "Correct the setting it names."));

    private static final String OTHERWISE = "Build the jar anew as an OSGi bundle, with bnd.";

    private Remedies() {}

    static Finding finding(Rejection rejection) {
        String cause = rejection.getMessage();
        return Finding.rejected(
                cause,
                TABLE.stream()
                        .filter(each -> cause.contains(each.word()))
                        .map(Remedy::fix)
                        .findFirst()
                        .orElse(OTHERWISE));
    }
}
