package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A part of a stage, with an identity and files of its own. */
interface Part {
    /** As it stands in {@code run.json}. */
    String name();

    /** Texts that together change whenever its outputs would; asked when the parts before it are done. */
    List<String> inputs() throws IOException;

    /**
     * Does it.
     *
     * @return the files that it wrote, which no other part writes
     */
    List<Path> execute() throws IOException;
}
