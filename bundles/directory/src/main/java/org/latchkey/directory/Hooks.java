package org.latchkey.directory;

import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.service.Recording;

/** The hooks that an operation keeps to its end, and the receipt in which it is written down which of them ran. */
record Hooks(Chain<DirectoryHook> chain, Recording recording) {}
