package org.latchkey.api.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The plugins of the running server. What lies in the deploy directory is what runs. */
@ProviderType
public interface Plugins {

    List<PluginInfo> list();

    /** Puts a jar into the deploy directory and waits until it serves, or refuses it with the reason. */
    PluginInfo install(InputStream jar) throws IOException;

    /** Takes a plugin's jar out of the deploy directory and waits until it is gone. */
    void remove(String symbolicName) throws IOException;

    /** Puts the good jar that served before back into the deploy directory, in place of what serves now. */
    PluginInfo rollback(String symbolicName) throws IOException;

    /** Lets a plugin stay in the deploy directory but not run, until it is enabled; also over a restart. */
    void disable(String symbolicName) throws IOException;

    PluginInfo enable(String symbolicName) throws IOException;

    /** What would happen if this jar were installed, and why not. Changes nothing and loads no class of it. */
    PluginCheck check(InputStream jar) throws IOException;
}
