package org.latchkey.kernel.why.plugin;

import org.latchkey.api.extension.DirectoryHook;

/** Changes nothing; put into jars. */
public final class Hook implements DirectoryHook {}
