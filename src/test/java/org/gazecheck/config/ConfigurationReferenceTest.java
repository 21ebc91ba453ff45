package org.gazecheck.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.config.Entry.Section;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
    @Test
    void thePublishedReferenceIsUpToDate() throws Exception {
        assertEquals(
                ConfigurationReference.markdown(),
                Files.readString(Path.of("docs/configuration.md")),
                "run ./gazecheck config --reference > docs/configuration.md");
    }

    @Test
    void everyKeyHasARow() {
        String page = ConfigurationReference.markdown();
        for (String key : Schema.RUN.keys()) {
            assertTrue(page.contains("| `" + key + "` |"), key);
        }
    }

    @Test
    void aSettingWithoutADefaultValueIsNullable() {
        for (Schema schema : List.of(Schema.RUN, Schema.NIGHTLY)) {
            sections(schema.root())
                    .flatMap(section -> Arrays.stream(section.type().getRecordComponents()))
                    .forEach(component -> assertEquals(
                            component.getAnnotation(Setting.class).initial().equals("null"),
                            component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                            component.toString()));
        }
    }

    private static Stream<Section> sections(Section section) {
        return Stream.concat(
                Stream.of(section),
                section.entries().stream()
                        .filter(Section.class::isInstance)
                        .flatMap(inner -> sections((Section) inner)));
    }
}
