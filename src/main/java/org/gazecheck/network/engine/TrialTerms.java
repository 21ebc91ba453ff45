package org.gazecheck.network.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Under which terms a network of others is tried before it is run.
 *
 * @param passed folder where it is kept which files passed; absent: it is not kept
 * @param megabytes of memory that the trial's process may take in all
 * @param seconds that it may last
 * @param batch images in its pass
 * @param threads 0: as many as there are cores
 */
public record TrialTerms(Optional<Path> passed, int megabytes, int seconds, int batch, int threads) {}
