package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The job of a run: the uid tells it from another that was given its name later. */
record Handle(String namespace, String name, String uid) {

    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL);
    private static final Pattern TEXT = Pattern.compile("(" + LABEL + ")/(" + LABEL + ")/([0-9a-f-]{36})");

    static Optional<Handle> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Handle(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    static Handle of(ObjectMeta job) {
        return new Handle(job.getNamespace(), job.getName(), job.getUid());
    }

    /** Whether a job, or a namespace, may be called so (RFC 1123, a label). */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public String toString() {
        return namespace + "/" + name + "/" + uid;
    }
}
