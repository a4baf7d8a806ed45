package org.latchkey.procs.proc;

/**
 * A variable that a proc gets in its environment.
 *
 * @param name of the variable
 * @param description for whoever runs the proc
 */
public record Variable(String name, String description) {}
