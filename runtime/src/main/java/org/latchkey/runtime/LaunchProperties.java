package org.latchkey.runtime;

import java.util.Map;
import java.util.TreeMap;

/** The framework properties of one start: what the features want, the settings, and what follows from them. */
final class LaunchProperties {

    /** Before this release a virtual thread that blocks inside {@code synchronized} holds its carrier thread. */
    private static final int VIRTUAL_THREADS = 24;

    private LaunchProperties() {}

    static Map<String, String> of(Features features, Settings settings, HttpAddress address, String version) {
        Places places = Places.of(settings);
        Map<String, String> properties = new TreeMap<>(features.frameworkProperties());
        properties.putAll(settings.values());
        properties.put("latchkey.version", version);
        properties.put("latchkey.http.port", Integer.toString(address.port()));
        properties.put("latchkey.public.url", publicUrl(settings, address));
        properties.put("org.apache.felix.http.host", address.host());
        properties.put("org.osgi.service.http.port", Integer.toString(address.port()));
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

    private static String publicUrl(Settings settings, HttpAddress address) {
        if (!settings.has("latchkey.public.url")) {
            return address.url();
        }
        String url = settings.get("latchkey.public.url");
        if (!url.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
            throw new StartRefused("LATCHKEY_PUBLIC_URL: " + url + " is not an http or https URL without a query");
        }
        return url.replaceFirst("/+$", "");
    }
}
