package org.latchkey.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.AccountSection;
import org.latchkey.api.extension.AccountSection.Visit;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sections that there are at this moment. One that fails is said to be not available, and spoils no other. */
final class Sections {

    /** What became of a wish. */
    enum Result {
        DONE,
        /** There was nothing to do it to, or the section has gone. */
        GONE,
        UNAVAILABLE
    }

    private static final Logger log = LoggerFactory.getLogger(Sections.class);

    private final Extensions<AccountSection> sections;

    Sections(ExtensionPoints points) {
        this.sections = points.of(AccountSection.class);
    }

    /** The values of the page, in the order of the chain. */
    List<Map<String, Object>> shown(Visit visit) {
        List<Map<String, Object>> shown = new ArrayList<>();
        try (Chain<AccountSection> chain = sections.enter()) {
            for (Link<AccountSection> link : chain.links()) {
                shown.add(shown(link, visit, new SectionValues(key(link.info()), shown.size() + 1)));
            }
        }
        return shown;
    }

    private static Map<String, Object> shown(Link<AccountSection> link, Visit visit, SectionValues values) {
        try {
            return link.call(section -> values.of(link.info(), section.content(visit)));
        } catch (Refusal | PluginFault failed) {
            warn(link, visit, failed);
            return values.unavailable(link.info());
        }
    }

    /** Does what somebody wants; what a section refuses is said to them like anything else that is not possible. */
    Result act(Visit visit, Wish wish) {
        try (Chain<AccountSection> chain = sections.enter()) {
            for (Link<AccountSection> link : chain.links()) {
                if (key(link.info()).equals(wish.section())) {
                    return act(link, visit, wish);
                }
            }
        }
        return Result.GONE;
    }

    private static Result act(Link<AccountSection> link, Visit visit, Wish wish) {
        try {
            return link.call(section -> section.act(visit, wish.row(), wish.action())) ? Result.DONE : Result.GONE;
        } catch (Refusal | PluginFault failed) {
            warn(link, visit, failed);
            return Result.UNAVAILABLE;
        }
    }

    private static void warn(Link<AccountSection> link, Visit visit, RuntimeException failed) {
        log.atWarn()
                .addKeyValue("plugin", link.info().bundle())
                .addKeyValue("request", visit.caller().requestId())
                .setCause(failed)
                .log("a section of the account page is not available");
    }

    /** Names a section in forms: the same after its plugin was replaced, another for each instance. */
    static String key(ExtensionInfo info) {
        return info.bundle() + " " + info.name() + " " + info.properties().getOrDefault("latchkey.mount", "");
    }
}
