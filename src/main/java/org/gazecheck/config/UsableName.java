package org.gazecheck.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which texts can name a file or a folder, on any system that a run may be copied to. */
final class UsableName {
    private static final int LONGEST = 255;
    private static final Pattern RESERVED =
            Pattern.compile("(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(\\..*)?");

    private UsableName() {}

    /** Why a text cannot name a folder by itself, as a clause; empty: it can. */
    static Optional<String> whyNotName(String name) {
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return Optional.of("has a slash, and a folder is named after it");
        }
        return name.equals(".") || name.equals("..")
                ? Optional.of("names a folder that is there already")
                : whyNotPart(name);
    }

    /** Why a path cannot be read or written, as a clause; empty: it can. */
    static Optional<String> whyNotPath(String text) {
        return controls(text)
                .or(() -> parts(text).filter(UsableName::tooLong).findFirst().map(part -> tooLong()));
    }

    /** Why a folder cannot be made at a path, as a clause; empty: it can. */
    static Optional<String> whyNotMade(Path path) {
        return parts(path.toString())
                .filter(part -> !part.equals(".") && !part.equals(".."))
                .flatMap(part -> whyNotPart(part).stream())
                .findFirst();
    }

    private static Stream<String> parts(String path) {
        return Arrays.stream(path.split("[/\\\\]")).filter(part -> !part.isEmpty());
    }

    private static Optional<String> whyNotPart(String part) {
        Optional<String> controls = controls(part);
        if (controls.isPresent()) {
            return controls;
        }
        if (tooLong(part)) {
            return Optional.of(tooLong());
        }
        if (part.endsWith(".") || part.endsWith(" ") || part.startsWith(" ")) {
            return Optional.of("begins or ends with a blank, or ends with a full stop, which not every system keeps");
        }
        return RESERVED.matcher(part.toLowerCase(Locale.ROOT)).matches()
                ? Optional.of("has the name of a device on Windows")
                : Optional.empty();
    }

    private static Optional<String> controls(String text) {
        return text.codePoints()
                .filter(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                        || Character.getType(c) == Character.SURROGATE)
                .mapToObj(c -> String.format(Locale.ROOT, "holds the control character U+%04X", c))
                .findFirst();
    }

    private static boolean tooLong(String part) {
        return part.getBytes(StandardCharsets.UTF_8).length > LONGEST;
    }

    private static String tooLong() {
        return "has a name of more than " + LONGEST + " bytes";
    }
}
