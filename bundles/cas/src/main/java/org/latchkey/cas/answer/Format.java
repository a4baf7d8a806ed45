package org.latchkey.cas.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parameter {@code format} of the validation (CAS 3.0.3, section 2.5.1). */
public enum Format {
    XML(new XmlAnswers()),
    JSON(new JsonAnswers());

    /** What to answer, in XML, to a format there is not. */
    public static final Failure UNKNOWN =
            new Failure(Failure.Code.INVALID_REQUEST, "The parameter format must be XML or JSON, and be given once.");

    private final Answers answers;

    Format(Answers answers) {
        this.answers = answers;
    }

    /**
     * Reads the parameter, in upper or lower case: clients write it in both.
     *
     * @param values all that the request has; none stands for XML
     * @return nothing if it is another format, or said twice: answer {@link #UNKNOWN}
     */
    public static Optional<Format> parse(List<String> values) {
        if (values.isEmpty()) {
            return Optional.of(XML);
        }
        if (values.size() > 1) {
            return Optional.empty();
        }
        return switch (values.get(0).toUpperCase(Locale.ROOT)) {
            case "XML" -> Optional.of(XML);
            case "JSON" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }

    public Answers answers() {
        return answers;
    }
}
