package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gazecheck.results.ClassName;

/**
 * Files of a table, found below a folder: relative to it or absolute, with slashes or, where no file is called so,
 * backslashes; in any Unicode form.
 */
final class TablePath {
    private static final Pattern DRIVE = Pattern.compile("([A-Za-z]:|\\\\)\\\\.*|[A-Za-z]:/.*", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("(?i)[a-z][a-z0-9+.-]+://.*", Pattern.DOTALL);

    private final Path root;
    private final Optional<Path> real;

    TablePath(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.real = real(root);
    }

    /** Relative to the root with forward slashes, whether there is such a file or not; empty when it leads out of the root. */
    Optional<String> find(String file) {
        Optional<String> missing = Optional.empty();
        for (String spelled : spellings(file).toList()) {
            Optional<String> path = inside(spelled);
            if (path.isPresent() && Files.exists(root.resolve(path.get()))) {
                return path;
            }
            missing = missing.or(() -> path);
        }
        return isOfElsewhere(file) ? Optional.empty() : missing;
    }

    /** Why {@link #find} finds nothing. */
    String problem(String file) {
        if (ADDRESS.matcher(file).matches()) {
            return " is a web address: fetch the image, and name its file relative to data.dir";
        }
        if (DRIVE.matcher(file).matches()) {
            return " is a path of another machine, with its drive: give it relative to data.dir " + root;
        }
        return " does not lie in data.dir " + root + ": give a path relative to that folder";
    }

    private static boolean isOfElsewhere(String file) {
        return DRIVE.matcher(file).matches() || ADDRESS.matcher(file).matches();
    }

    private static Stream<String> spellings(String file) {
        return Stream.of(file, file.replace('\\', '/'))
                .flatMap(path -> Stream.of(path, ClassName.of(path)))
                .flatMap(Names::forms)
                .distinct();
    }

    private Optional<String> inside(String file) {
        try {
            Path path = root.resolve(file).normalize();
            if (path.startsWith(root)) {
                return path.equals(root) ? Optional.empty() : Optional.of(Names.relative(root, path));
            }
            return Optional.ofNullable(path.getParent())
                    .flatMap(TablePath::real)
                    .filter(parent -> real.isPresent() && parent.startsWith(real.get()))
                    .map(parent -> Names.relative(real.orElseThrow(), parent.resolve(path.getFileName())));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> real(Path folder) {
        try {
            return Optional.of(folder.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
