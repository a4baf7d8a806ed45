package org.latchkey.api.extension;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How pages look (jscas: {@code theme}). A theme gives templates; the server fills them in, and escapes every value, so
 * that no theme can forget to. What a theme does not have comes from the next one, at last from the server itself.
 *
 * <p>A template is Mustache. {@code {{name}}} is a value, escaped; {@code {{#name}}...{{/name}}} stands if the value is
 * there, once for each if there are several; {@code {{#t}}key{{/t}}} is a text in the reader's language. Unescaped values,
 * partials and changed delimiters are refused, and then the next theme's page is shown. The pages and their values are
 * listed in {@code bundles/web/docs/themes.md}.
 */
@ConsumerType
public interface Theme {

    /** Service property: the name by which a client or service asks for this theme; without one it is for all. */
    String NAME = "latchkey.theme";

    /** The template of a page such as {@code login}, or nothing if this theme leaves that page to the next. */
    default Optional<String> template(String page) {
        return Optional.empty();
    }

    /**
     * A file that pages refer to as {@code {{assets}}/<file>}, at most 1 MiB; its media type follows from its ending: css,
     * js, svg, png, jpg, webp, ico, woff2.
     */
    default Optional<byte[]> asset(String file) {
        return Optional.empty();
    }
}
