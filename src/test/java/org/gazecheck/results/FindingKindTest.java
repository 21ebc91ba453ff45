package org.gazecheck.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindingKindTest {
    @ParameterizedTest
    @EnumSource(FindingKind.class)
    void everyKindHasAHeadingInTheDocumentation(FindingKind kind) throws IOException {
        String[] where = kind.documentation().split("#");
        assertEquals(
                List.of(where[1]),
                Files.readAllLines(Path.of(where[0])).stream()
                        .filter(line -> line.startsWith("#"))
                        .map(FindingKindTest::anchor)
                        .filter(where[1]::equals)
                        .toList());
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
