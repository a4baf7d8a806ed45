package org.latchkey.runtime;

import java.util.Map;
import java.util.TreeMap;

/** The framework properties of one start: what the features want, the settings, and what follows from them. */
final class LaunchProperties {

    /** Before this release a virtual thread that blocks inside {@code synchronized} holds its carrier thread. */
    private static final int VIRTUAL_THREADS = 24;

    private LaunchProperties() {}

    static Map<String, String> of(Features features, Settings settings, Listeners listeners, String version) {
        Places places = Places.of(settings);
        Map<String, String> properties = new TreeMap<>(features.frameworkProperties());
        properties.putAll(settings.values());
        properties.put("latchkey.version", version);
        properties.put("latchkey.public.url", publicUrl(settings, listeners));
        listen(properties, listeners);
        mutual(properties, settings, listeners);
        properties.put(
                "org.apache.felix.http.jetty.virtualthreads.enable",
                Boolean.toString(Runtime.version().feature() >= VIRTUAL_THREADS));
        properties.put(
                "org.osgi.framework.storage", places.cache().resolve("bundles").toString());
        properties.put("felix.cm.dir", places.cache().resolve("config").toString());
        properties.put("felix.fileinstall.dir", places.etc().toString());
        properties.put(
                "felix.fileinstall.tmpdir",
                places.cache().resolve("fileinstall").toString());
        return properties;
    }

    /**
     * Plain HTTP is Felix's own; HTTPS is added by the web bundle, which takes the limits from there. So where there is
     * to be no plain HTTP, Felix opens it on a port of this machine that nobody knows, and the web bundle closes it.
     */
    private static void listen(Map<String, String> properties, Listeners listeners) {
        HttpAddress plain = listeners.http().orElseGet(() -> HttpAddress.of("http", "127.0.0.1", "0"));
        properties.put("org.apache.felix.http.host", plain.host());
        properties.put("org.osgi.service.http.port", Integer.toString(plain.port()));
        HttpAddress shown = listeners.http().orElseGet(listeners::main);
        properties.put("latchkey.http.host", shown.host());
        properties.put("latchkey.http.port", Integer.toString(shown.port()));
        properties.put("latchkey.http.off", Boolean.toString(listeners.http().isEmpty()));
        properties.keySet().removeIf(name -> name.startsWith("latchkey.https."));
        listeners.https().ifPresent(secure -> {
            properties.put("latchkey.https.host", secure.host());
            properties.put("latchkey.https.port", Integer.toString(secure.port()));
        });
    }

    /** Where clients with certificates go: what is said, else the public URL with the port that asks for them. */
    private static void mutual(Map<String, String> properties, Settings settings, Listeners listeners) {
        properties.remove("latchkey.mtls.port");
        listeners.mutual().ifPresent(asking -> {
            properties.put("latchkey.mtls.port", Integer.toString(asking.port()));
            properties.put(
                    "latchkey.mtls.url",
                    settings.has("latchkey.public.url")
                            ? publicUrl(settings, listeners)
                                    .replaceFirst(
                                            "^https?://(\\[[^]]*]|[^/:]*)(:[0-9]+)?", "https://$1:" + asking.port())
                            : asking.url());
        });
        if (settings.has("latchkey.mtls.url")) {
            String url = settings.get("latchkey.mtls.url");
            if (!url.matches("https://[^/?#\\s]+(/[^?#\\s]*)?")) {
                throw new StartRefused("LATCHKEY_MTLS_URL: " + url + " is not an https URL without a query");
            }
            properties.put("latchkey.mtls.url", url.replaceFirst("/+$", ""));
        }
    }

    private static String publicUrl(Settings settings, Listeners listeners) {
        if (!settings.has("latchkey.public.url")) {
            return listeners.main().url();
        }
        String url = settings.get("latchkey.public.url");
        if (!url.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
            throw new StartRefused("LATCHKEY_PUBLIC_URL: " + url + " is not an http or https URL without a query");
        }
        return url.replaceFirst("/+$", "");
    }
}
