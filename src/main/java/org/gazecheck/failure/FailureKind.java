package org.gazecheck.failure;

/** What somebody who meets a failure has to change. */
public enum FailureKind {
    /** The command line, the configuration or a rule. */
    USAGE,
    /** Images, masks, tables, weights, results or verdicts. */
    INVALID_DATA,
    /** Nothing: another process works in the folder, and will leave it. */
    LOCKED,
    /** Something else, such as a disk, a network, or the order of commands; the message says what. */
    OTHER
}
