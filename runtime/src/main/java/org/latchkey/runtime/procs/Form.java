package org.latchkey.runtime.procs;

/** For whom something is printed. */
enum Form {
    TEXT,
    JSON
}
