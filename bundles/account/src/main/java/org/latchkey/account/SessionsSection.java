package org.latchkey.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.extension.AccountSection;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Trace;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where somebody is signed in. The session that asks is shown first, and ends by signing out. */
@Component(property = "service.ranking:Integer=100")
public final class SessionsSection implements AccountSection {

    private static final String END = "end-session";
    private static final String END_OTHERS = "end-other-sessions";

    private final Sessions sessions;

    @Activate
    public SessionsSection(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Content content(Visit visit) {
        List<Row> rows = new ArrayList<>();
        List<Trace> all = sessions.of(visit.session().principal());
        all.stream().filter(trace -> isThis(visit, trace)).forEach(trace -> rows.add(row(visit, trace)));
        all.stream().filter(trace -> !isThis(visit, trace)).forEach(trace -> rows.add(row(visit, trace)));
        boolean hasOthers = all.stream().anyMatch(trace -> !isThis(visit, trace));
        return new Content(
                Text.key("account.sessions"),
                rows,
                hasOthers ? List.of(new Action(END_OTHERS, Text.key("account.sessions.end-others"))) : List.of());
    }

    private static boolean isThis(Visit visit, Trace trace) {
        return trace.session().id().equals(visit.session().id());
    }

    private static Row row(Visit visit, Trace trace) {
        Optional<String> device = Device.of(trace.userAgent());
        List<Detail> details = new ArrayList<>();
        if (isThis(visit, trace)) {
            details.add(Detail.of("account.sessions.device", List.of(Text.key("account.sessions.this"))));
        }
        details.add(Detail.at("account.since", trace.session().signedInAt()));
        details.add(Detail.at("account.used", trace.usedAt()));
        if (!trace.address().isEmpty()) {
            details.add(Detail.of("account.address", trace.address()));
        }
        return new Row(
                trace.session().id(),
                device.map(Text::of).orElse(Text.key("account.sessions.unknown")),
                details,
                isThis(visit, trace) ? List.of() : List.of(new Action(END, Text.key("account.sessions.end"))));
    }

    @Override
    public boolean act(Visit visit, String row, String action) {
        List<String> others = sessions.of(visit.session().principal()).stream()
                .filter(trace -> !isThis(visit, trace))
                .map(trace -> trace.session().id())
                .filter(id -> action.equals(END) ? id.equals(row) : action.equals(END_OTHERS))
                .toList();
        others.forEach(sessions::end);
        return !others.isEmpty();
    }
}
