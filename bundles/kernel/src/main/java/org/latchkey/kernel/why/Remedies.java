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
            new Remedy("two entries named", "Do not deploy it: it was changed after it was built."));

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
