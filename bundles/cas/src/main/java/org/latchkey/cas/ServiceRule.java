package org.latchkey.cas;

import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.latchkey.api.cas.Service;

/** Whether something is a service URL of one service: what its {@code url} and {@code match} come to. */
@FunctionalInterface
interface ServiceRule {

    /**
     * Answers for a service id.
     *
     * @param text as it came
     * @param url the same, taken apart; nothing if it is no URL of the web
     */
    boolean matches(String text, Optional<ServiceUrl> url);

    /**
     * The rule of a service.
     *
     * @throws IllegalArgumentException with a sentence for the operator, if its URL makes no sense
     */
    static ServiceRule of(Service service) {
        return switch (service.match()) {
            case EXACT -> ServiceUrl.isMeant(service.url()) ? exact(service.url()) : text(service.url());
            case PREFIX -> prefix(service.url());
            case PATTERN -> pattern(service.url());
        };
    }

    private static ServiceRule text(String registered) {
        if (!ServiceUrl.isDecent(registered)) {
            throw new IllegalArgumentException("Its url is empty, too long, or has characters that none may have.");
        }
        return (text, url) -> url.isEmpty() && text.equals(registered);
    }

    private static ServiceRule exact(String registered) {
        ServiceUrl wanted = parsed(registered);
        return (text, url) -> url.filter(asked -> wanted.query().isEmpty() ? isAt(wanted, asked) : asked.equals(wanted))
                .isPresent();
    }

    private static boolean isAt(ServiceUrl wanted, ServiceUrl asked) {
        return isOf(wanted, asked) && asked.path().equals(wanted.path());
    }

    private static boolean isOf(ServiceUrl wanted, ServiceUrl asked) {
        return asked.scheme().equals(wanted.scheme()) && asked.authority().equals(wanted.authority());
    }

    private static ServiceRule prefix(String registered) {
        ServiceUrl wanted = parsed(registered);
        if (!wanted.query().isEmpty()) {
            throw new IllegalArgumentException("Its url is a prefix, and so can have no query.");
        }
        String folder = wanted.path().endsWith("/") ? wanted.path() : wanted.path() + "/";
        return (text, url) -> url.filter(asked -> isAt(wanted, asked)
                        || isOf(wanted, asked) && asked.path().startsWith(folder))
                .isPresent();
    }

    private static ServiceUrl parsed(String registered) {
        if (registered.contains("#")) {
            throw new IllegalArgumentException("Its url has a fragment, which no service ever sees.");
        }
        return ServiceUrl.parse(registered)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Its url must be an http or https URL without user, dot segments and control characters, of at most "
                                + ServiceUrl.LONGEST + " characters."));
    }

    private static ServiceRule pattern(String registered) {
        try {
            UrlPattern pattern = UrlPattern.of(registered);
            return (text, url) -> url.filter(pattern::matches).isPresent();
        } catch (PatternSyntaxException malformed) {
            throw new IllegalArgumentException(
                    "Its url is no pattern: " + malformed.getDescription() + " in \"" + malformed.getPattern() + "\".",
                    malformed);
        }
    }
}
