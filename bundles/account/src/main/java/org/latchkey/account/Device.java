package org.latchkey.account;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a browser says of itself ({@code User-Agent}, RFC 9110, 10.1.5), in plain words. Browsers pretend to be others, so the
 * order of the marks counts; the names are the same in every language. Good for telling one's own devices apart, no more.
 */
final class Device {

    private static final Map<String, String> BROWSERS = marks(
            "Edg", "Edge",
            "OPR/", "Opera",
            "SamsungBrowser/", "Samsung Internet",
            "FxiOS/", "Firefox",
            "CriOS/", "Chrome",
            "Firefox/", "Firefox",
            "Chrome/", "Chrome",
            "Chromium/", "Chromium",
            "Safari/", "Safari",
            "curl/", "curl",
            "Java", "Java");

    private static final Map<String, String> SYSTEMS = marks(
            "iPhone", "iPhone",
            "iPad", "iPad",
            "Android", "Android",
            "Windows", "Windows",
            "CrOS", "ChromeOS",
            "Mac OS X", "macOS",
            "Linux", "Linux");

    private Device() {}

    /** Such as {@code Firefox, Linux}; nothing if neither is known. */
    static Optional<String> of(String userAgent) {
        String words = Stream.of(BROWSERS, SYSTEMS)
                .flatMap(marks -> first(marks, userAgent))
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private static Stream<String> first(Map<String, String> marks, String userAgent) {
        return marks.entrySet().stream()
                .filter(mark -> userAgent.contains(mark.getKey()))
                .map(Map.Entry::getValue)
                .limit(1);
    }

    private static Map<String, String> marks(String... pairs) {
        Map<String, String> marks = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            marks.put(pairs[i], pairs[i + 1]);
        }
        return marks;
    }
}
