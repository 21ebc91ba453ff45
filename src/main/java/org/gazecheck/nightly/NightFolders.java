package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.DataSettings;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.results.RunFolder;

/**
 * Where a night reads and writes, links resolved: what arrives must lie apart from what is trained on and from what is written.
 *
 * @param incoming folder into which images arrive, as given
 * @param nights folder of the nights, as given
 * @param run folder of the watched run
 * @param watched its configuration
 * @param made whether a night brings the run up to date, training included
 */
record NightFolders(Optional<Path> incoming, Path nights, Path run, Configuration watched, boolean made) {
    /** @throws IOException when there is neither a configuration of a run nor a finished run, or it has mistakes */
    static NightFolders of(NightlyConfiguration configuration) throws IOException {
        Path given = configuration.nightly().run();
        boolean made = Files.isRegularFile(given);
        Configuration watched = made
                ? ConfigurationReader.read(given, List.of())
                : ConfigurationReader.read(new RunFolder(given).configuration(), List.of("output.dir=" + given));
        return new NightFolders(
                Optional.ofNullable(configuration.nightly().incoming()),
                configuration.output().dir(),
                watched.output().dir(),
                watched,
                made);
    }

    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        incoming.ifPresent(folder -> others().forEach((other, what) -> {
            if (real(folder).startsWith(real(other))) {
                mistakes.add("nightly.incoming " + folder + (real(folder).equals(real(other)) ? " is " : " lies in ")
                        + what + " " + other + inside(what) + ": choose a folder outside");
            } else if (real(other).startsWith(real(folder))) {
                mistakes.add(what + " " + other + " lies in nightly.incoming " + folder
                        + ": its files would arrive as new ones; choose a folder beside it");
            }
        }));
        return mistakes;
    }

    private static String inside(String what) {
        return what.startsWith("data.dir") ? ", and what arrives would be trained on" : "";
    }

    private Map<Path, String> others() {
        Map<Path, String> others = new LinkedHashMap<>();
        DataSettings data = watched.data();
        if (made || data.source() != DataSettings.Source.CSV) {
            others.put(data.dir(), "data.dir of the watched run,");
        }
        if (data.masks() != null) {
            others.putIfAbsent(data.masks(), "data.masks of the watched run,");
        }
        others.putIfAbsent(nights, "output.dir");
        others.putIfAbsent(run, "the folder of the watched run,");
        others.putIfAbsent(watched.cache().dir(), "cache.dir of the watched run,");
        return others;
    }

    /** Links resolved as far as it is there. */
    static Path real(Path path) {
        Path absolute = path.toAbsolutePath();
        for (Path there = absolute; there != null; there = there.getParent()) {
            Optional<Path> real = realOf(there);
            if (real.isPresent()) {
                return real.get().resolve(there.relativize(absolute)).normalize();
            }
        }
        return absolute.normalize();
    }

    private static Optional<Path> realOf(Path there) {
        try {
            return Optional.of(there.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
