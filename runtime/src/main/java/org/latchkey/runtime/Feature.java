package org.latchkey.runtime;

import java.util.List;
import java.util.Map;

/**
 * One document of {@code features/}: the bundles it brings and the framework properties they want.
 *
 * @param id the feature's own coordinates
 * @param bundles in the order in which they are installed and started
 * @param frameworkProperties handed to the framework before it starts
 */
public record Feature(BundleId id, List<Entry> bundles, Map<String, String> frameworkProperties) {

    public Feature {
        bundles = List.copyOf(bundles);
        frameworkProperties = Map.copyOf(frameworkProperties);
    }

    /**
     * One bundle of a feature.
     *
     * @param bootstrap whether it also runs while {@code bin/latchkey bootstrap} sets the first secret
     */
    public record Entry(BundleId id, boolean bootstrap) {}
}
