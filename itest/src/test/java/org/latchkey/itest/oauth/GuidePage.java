package org.latchkey.itest.oauth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation whose fenced blocks are programs, and whose lines with {@code #>} are what they answer. */
public final class GuidePage {

    private static final String ANSWER = "#> ";

    private final String text;

    private GuidePage(String text) {
        this.text = text;
    }

    /** @param places what stands for something else here, such as ports */
    public static GuidePage read(Path file, Map<String, String> places) throws IOException {
        String text = Files.readString(file);
        for (String place : places.keySet()) {
            if (!text.contains(place)) {
                throw new AssertionError("The page does not speak of " + place);
            }
        }
        String any = places.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return new GuidePage(Pattern.compile(any)
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(places.get(found.group()))));
    }

    /** The blocks in a language below a heading, or before the first one if it is empty. */
    public List<String> blocks(String heading, String language) {
        List<String> found = Stream.of(text.split("(?m)^#+ (?=\\d)"))
                .filter(part -> heading.isEmpty() ? part.startsWith("# ") : part.startsWith(heading))
                .flatMap(part -> Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                        .matcher(part)
                        .results())
                .map(block -> block.group(1))
                .toList();
        if (found.isEmpty()) {
            throw new AssertionError("No " + language + " below " + heading);
        }
        return found;
    }

    /** What the group of a pattern stands for in the page. */
    public String found(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("The page has no " + pattern);
        }
        return matcher.group(1);
    }

    /** What a script says that it answers, in order and nothing else; {@code ...} stands for anything in a line. */
    public static Pattern promised(String script) {
        return Pattern.compile(script.lines()
                .filter(line -> line.startsWith(ANSWER))
                .map(line -> Stream.of(line.substring(ANSWER.length()).split("\\.\\.\\.", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".+")))
                .collect(Collectors.joining("\\s*", "", "\\s*")));
    }
}
