package org.latchkey.runtime.procs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings in force: a variable of the environment, or the file that {@code NAME_FILE} names, before a line of the file,
 * before the default.
 *
 * @param origins where each that is set comes from
 */
record ClientSettings(Map<Setting, String> values, Map<Setting, String> origins, Path file) {

    private static final int MOST = 100_000;

    static ClientSettings of(Map<String, String> environment, ClientFile file) throws IOException {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        Map<Setting, String> origins = new EnumMap<>(Setting.class);
        Map<Setting, String> lines = file.read();
        for (Setting setting : Setting.values()) {
            Optional<String> variable = variable(setting, environment);
            String value = variable.orElse(lines.getOrDefault(setting, ""));
            if (!value.isEmpty()) {
                values.put(setting, value);
                origins.put(
                        setting,
                        variable.isPresent() ? "environment" : file.source().toString());
            }
        }
        return new ClientSettings(values, origins, file.source());
    }

    private static Optional<String> variable(Setting setting, Map<String, String> environment) throws IOException {
        String direct = environment.getOrDefault(setting.name(), "");
        String named = environment.getOrDefault(setting.name() + "_FILE", "");
        if (!direct.isEmpty() || named.isEmpty()) {
            return Optional.of(direct).filter(text -> !text.isEmpty());
        }
        return Optional.of(Files.readString(Path.of(named)).strip());
    }

    String value(Setting setting) {
        return values.getOrDefault(setting, setting.fallback());
    }

    /** The address that all routes begin with, without a slash at its end. */
    URI address() {
        if (value(Setting.PROCTOR_HOST).isEmpty()) {
            throw ClientFailure.misused("No server is configured: latchkey procs config PROCTOR_HOST=HOST/procs");
        }
        return ServerAddress.of(value(Setting.PROCTOR_HOST));
    }

    Duration timeout() {
        return Duration.ofSeconds(number(Setting.CONNECTION_TIMEOUT_SECS));
    }

    int polls() {
        return number(Setting.PROC_EXECUTION_STATUS_POLL_COUNT);
    }

    private int number(Setting setting) {
        String text = value(setting);
        if (!text.matches("[1-9][0-9]{0,5}") || Integer.parseInt(text) > MOST) {
            throw ClientFailure.misused(
                    setting + " is " + Terminal.plain(text) + ", but has to be a number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    /**
     * What to sign in with: what the environment gives counts before what the file gives, and in each the token counts before
     * Proctor's two headers. Never both, which the server refuses.
     */
    Map<String, String> credentials() {
        List<Setting> order = List.of(Setting.LATCHKEY_TOKEN, Setting.ACCESS_TOKEN, Setting.EMAIL_ID);
        Optional<Setting> decisive = order.stream()
                .filter(each -> "environment".equals(origins.get(each)))
                .findFirst()
                .or(() -> order.stream().filter(values::containsKey).findFirst());
        Map<String, String> headers = new LinkedHashMap<>();
        if (decisive.filter(Setting.LATCHKEY_TOKEN::equals).isPresent()) {
            headers.put("Authorization", "Bearer " + value(Setting.LATCHKEY_TOKEN));
        } else {
            put(headers, "Email-Id", Setting.EMAIL_ID);
            put(headers, "Access-Token", Setting.ACCESS_TOKEN);
        }
        return headers;
    }

    private void put(Map<String, String> headers, String name, Setting setting) {
        if (values.containsKey(setting)) {
            headers.put(name, value(setting));
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "ClientSettings[" + origins + "]";
    }
}
