package org.gazecheck.hostile;

import java.util.List;

/**
 * A hostile file and what must come of it.
 *
 * @param code exit code
 * @param words that the message has; empty when the command succeeds
 * @param args of the command
 */
public record Row(String name, int code, String words, List<String> args) {}
