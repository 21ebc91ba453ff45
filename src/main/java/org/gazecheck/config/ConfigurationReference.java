package org.gazecheck.config;

import java.util.List;
import org.gazecheck.config.Entry.Field;
import org.gazecheck.config.Entry.Section;

/** The reference of all keys, {@code docs/configuration.md}. */
public final class ConfigurationReference {
    private ConfigurationReference() {}

    /** The page as Markdown, made from the settings themselves. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(
                """
                # Configuration

                A configuration is a YAML file. Every key below may stand in it; a key without a default must.
                `--set key=value` with the whole key (`--set train.finetune.epochs=3`) overrides the file, with every
                command that takes a configuration, and with `demo`; lists are written `--set data.allowMissing=[test]`.
                `./gazecheck config FILE` prints a configuration with all defaults filled in; that resolved form is
                kept in the run folder as `config.yaml`. Unknown keys, wrong types and values out of range are refused,
                all in one go, with their places.

                Paths are relative to the folder in which the command is given. Sizes take kB, MB, GB, kiB, MiB, GiB.
                Digits may be grouped with `_`.

                This page is made from the program: `./gazecheck config --reference > docs/configuration.md`.
                """);
        section(page, Schema.RUN.root());
        page.append(
                """

                # Configuration of nightly audits

                The file that `gazecheck nightly` takes has keys of its own; how a night works is described in
                [nightly.md](nightly.md).
                """);
        section(page, Schema.NIGHTLY.root());
        return page.toString();
    }

    private static void section(StringBuilder page, Section section) {
        List<Field> fields = section.entries().stream()
                .filter(Field.class::isInstance)
                .map(Field.class::cast)
                .toList();
        if (!fields.isEmpty()) {
            String title = section.key().isEmpty() ? "At the top" : section.key() + ": " + section.meaning();
            page.append("\n## ").append(title).append("\n| key | default | values | meaning |\n|---|---|---|---|\n");
            fields.forEach(field -> row(page, field));
        }
        section.entries().stream().filter(Section.class::isInstance).forEach(inner -> section(page, (Section) inner));
    }

    private static void row(StringBuilder page, Field field) {
        String initial =
                field.required() ? "must be given" : "`" + field.setting().initial() + "`";
        page.append("| `%s` | %s | %s | %s |%n"
                .formatted(field.key(), initial, Expected.of(field), field.meaning())
                .replace(System.lineSeparator(), "\n"));
    }
}
