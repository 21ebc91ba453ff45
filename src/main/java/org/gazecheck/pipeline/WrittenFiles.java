package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What finished stages say that they wrote. Any other file that lies in the run folder is nothing of theirs. */
record WrittenFiles(Set<Path> files) {
    static WrittenFiles of(Run run, Stage... stages) {
        return new WrittenFiles(Stream.of(stages)
                .flatMap(stage -> run.manifest().outputs(stage.text()).keySet().stream())
                .map(run.folder().root()::resolve)
                .collect(Collectors.toSet()));
    }

    /** What makes something of a file. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Path file) throws IOException;
    }

    <T> Optional<T> read(Path file, Reader<T> reader) throws IOException {
        return files.contains(file) ? Optional.of(reader.read(file)) : Optional.empty();
    }

    <T> List<T> rows(Path file, Reader<List<T>> reader) throws IOException {
        return read(file, reader).orElse(List.of());
    }
}
