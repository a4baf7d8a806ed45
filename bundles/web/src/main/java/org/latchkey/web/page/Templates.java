package org.latchkey.web.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Fills in templates. Every value is escaped for HTML, in text and in quoted attributes; what would take that off is
 * refused before anything is filled in.
 */
final class Templates {

    /** Unescaped values, in both notations, and other delimiters, behind which those could hide. */
    private static final Pattern UNSAFE = Pattern.compile("\\{\\{\\{|\\{\\{\\s*[&=]");

    private static final Pattern PARTIAL = Pattern.compile("[a-z-]{1,32}");
    private static final int LONGEST = 256 * 1024;

    private final Mustache.Compiler compiler = Mustache.compiler()
            .escapeHTML(true)
            .defaultValue("")
            .emptyStringIsFalse(true)
            .withLoader(name -> new StringReader(partial(name)));

    /** By their text, so that a changed theme needs no notice. */
    private final Cache<String, Template> compiled =
            Caffeine.newBuilder().maximumSize(200).executor(Runnable::run).build();

    /** The server's own template of a page, which is always there for the pages it knows. */
    Optional<String> builtIn(String page) {
        if (!PARTIAL.matcher(page).matches()) {
            return Optional.empty();
        }
        try (InputStream in = Templates.class.getResourceAsStream(page + ".html")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private String partial(String name) {
        return builtIn("part-" + name)
                .orElseThrow(
                        () -> new MustacheException("there is no part \"" + name + "\" that a template may include"));
    }

    /** @throws MustacheException if the template is malformed or would leave something unescaped */
    String fill(String template, Map<String, Object> values) {
        return compiled.get(template, this::compile).execute(values);
    }

    private Template compile(String template) {
        if (template.length() > LONGEST) {
            throw new MustacheException("the template is longer than 256 KiB");
        }
        if (UNSAFE.matcher(template).find()) {
            throw new MustacheException("the template has values that would not be escaped");
        }
        return compiler.compile(template);
    }

    static String escaped(String text) {
        return Escapers.HTML.escape(text);
    }
}
