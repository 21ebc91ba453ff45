package org.gazecheck.history;

/**
 * A file that a night has looked at, so that it is not new to the next.
 *
 * @param path below the folder into which images arrive, with forward slashes
 */
public record SeenFile(String sha256, String path) {}
