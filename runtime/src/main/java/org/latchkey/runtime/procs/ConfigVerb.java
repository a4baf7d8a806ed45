package org.latchkey.runtime.procs;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code procs config}: writes the settings, or shows them without the secrets. */
final class ConfigVerb {

    /** Whether the person at the terminal has said already that a file may be changed. */
    enum Consent {
        GIVEN,
        ASKED
    }

    private static final String MASK = "********";

    private final Map<String, String> environment;
    private final ClientFile file;
    private final Terminal terminal;

    ConfigVerb(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.file = ClientFile.of(environment);
        this.terminal = terminal;
    }

    void show() throws IOException {
        ClientSettings settings = ClientSettings.of(environment, file);
        Table table = new Table();
        for (Setting setting : Setting.values()) {
            boolean given = settings.values().containsKey(setting);
            String value = given && setting.isSecret() ? MASK : settings.value(setting);
            table.row(
                    setting.name(),
                    value.isEmpty() ? "(not set)" : value,
                    "# " + (given ? settings.origins().get(setting) : "default"));
        }
        table.print(terminal.out());
    }

    /** Over what the file has, or Proctor's as long as there is no file; an empty value takes a setting out. */
    void write(List<String> pairs, Consent consent) throws IOException {
        Map<Setting, String> changes = changes(pairs);
        if (file.exists() && consent == Consent.ASKED && !agreed()) {
            throw ClientFailure.refused("Nothing was changed.");
        }
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.putAll(file.read());
        for (Map.Entry<Setting, String> change : changes.entrySet()) {
            String value = change.getValue().equals("-") ? asked(change.getKey()) : change.getValue();
            if (value.isEmpty()) {
                settings.remove(change.getKey());
            } else {
                settings.put(change.getKey(), value);
            }
        }
        check(settings);
        file.write(settings);
        terminal.out().println("Wrote " + file.own());
    }

    private static Map<Setting, String> changes(List<String> pairs) {
        Map<Setting, String> changes = new EnumMap<>(Setting.class);
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            Setting setting = Setting.named(name)
                    .filter(known -> equals > 0)
                    .orElseThrow(() -> ClientFailure.misused(Terminal.plain(name)
                            + " is no setting; NAME=VALUE with one of " + List.of(Setting.values())));
            changes.put(setting, pair.substring(equals + 1).strip());
        }
        return changes;
    }

    private boolean agreed() throws IOException {
        Optional<String> answer = terminal.ask("Change " + file.own() + " (y/n)? ");
        return answer.filter(text -> text.strip().equalsIgnoreCase("y")).isPresent();
    }

    private String asked(Setting setting) throws IOException {
        return terminal.askSecretly(setting + ": ")
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> ClientFailure.refused("No " + setting + " was given; nothing was changed."));
    }

    /** What could not be used is not written. */
    private void check(Map<Setting, String> settings) {
        ClientSettings checked = new ClientSettings(settings, Map.of(), file.own());
        checked.timeout();
        checked.polls();
        if (settings.containsKey(Setting.PROCTOR_HOST) && ServerAddress.isOpenToRead(checked.address())) {
            terminal.err()
                    .println("Warning: " + checked.address()
                            + " is plain HTTP; who listens on the way can read your credentials.");
        }
    }
}
