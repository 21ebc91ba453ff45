package org.gazecheck.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.compare.Measurement.NotApplicable;
import org.gazecheck.results.Finding;
import org.jspecify.annotations.Nullable;

/** A comparison for other programs, as {@code docs/history.md} describes it; what does not exist is null. */
public final class ComparisonJson {
    private static final int SCHEMA_VERSION = 2;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ComparisonJson() {}

    public static String of(RunComparison c) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schemaVersion", SCHEMA_VERSION);
        run(root.putObject("before"), c.reference());
        run(root.putObject("now"), c.later());
        root.put("sameModel", c.sameModel());
        root.put("pairedImages", c.paired().images());
        root.put("newImages", c.newImages().images());
        root.put("newLabelled", c.newImages().labelled());
        ArrayNode families = root.putArray("families");
        c.families().forEach(family -> family(families.addObject(), family));
        flipped(root.putArray("newlyWrong"), c.paired().newlyWrong());
        flipped(root.putArray("newlyRight"), c.paired().newlyRight());
        composition(root, c.composition());
        c.findings()
                .ifPresentOrElse(
                        change -> findings(root.putObject("findings"), change), () -> root.putNull("findings"));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts can be written", e);
        }
    }

    private static void run(ObjectNode node, RunResults run) {
        node.put("folder", run.folder().root().toString())
                .put("name", run.manifest().name())
                .put("model", run.manifest().modelHash().orElse(null))
                .put("data", run.manifest().dataHash().orElse(null))
                .put("evaluated", run.predictions().size());
    }

    private static void family(ObjectNode node, Family family) {
        node.put("name", family.name())
                .put("correction", "Holm")
                .put("tests", family.measured().size());
        ArrayNode measurements = node.putArray("measurements");
        for (Measurement m : family.measurements()) {
            ObjectNode entry = measurements
                    .addObject()
                    .put("name", m.id().text())
                    .put("class", m.id().ofClass().orElse(null))
                    .put("what", m.id().metric().title());
            if (m instanceof NotApplicable none) {
                entry.put("notApplicable", none.because());
            } else if (m instanceof Measured measured) {
                measured(entry, measured);
            }
        }
    }

    private static void measured(ObjectNode entry, Measured m) {
        entry.put("before", nullable(m.reference()))
                .put("now", nullable(m.value()))
                .put("beforeImages", m.referenceImages())
                .put("images", m.images())
                .put("effect", m.effect().name())
                .put("size", nullable(m.effect().size()))
                .put("low", nullable(m.effect().interval().low()))
                .put("high", nullable(m.effect().interval().high()))
                .put("test", m.test().text())
                .put("p", nullable(m.p()))
                .put("q", nullable(m.q()))
                .put("direction", m.direction().name().toLowerCase(Locale.ROOT));
    }

    private static void flipped(ArrayNode list, List<PairedComparison.Flipped> flipped) {
        flipped.forEach(f -> list.addObject()
                .put("path", f.path())
                .put("split", f.split().text())
                .put("label", f.label())
                .put("before", f.before())
                .put("now", f.now())
                .put("probability", f.probability()));
    }

    private static void composition(ObjectNode root, Composition composition) {
        composition.added().forEach(root.putArray("added")::add);
        composition.vanished().forEach(root.putArray("vanished")::add);
        composition.changed().forEach(root.putArray("changed")::add);
        ArrayNode lost = root.putArray("leftOut");
        composition.lost().forEach(l -> lost.addObject().put("path", l.path()).put("problem", l.problem()));
        ArrayNode relabelled = root.putArray("relabelled");
        composition.relabelled().forEach(r -> relabelled
                .addObject()
                .put("path", r.path())
                .put("before", r.before())
                .put("now", r.now()));
        ArrayNode unusual = root.putArray("unusualClasses");
        composition.unusual().forEach(s -> unusual.addObject()
                .put("class", s.label())
                .put("before", s.reference())
                .put("beforeImages", s.referenceImages())
                .put("now", s.images())
                .put("images", s.newImages()));
    }

    private static void findings(ObjectNode node, FindingsChange change) {
        change.appeared().forEach(entry(node.putArray("new")));
        change.gone().forEach(entry(node.putArray("gone")));
        ArrayNode persisting = node.putArray("persisting");
        change.persisting().forEach(p -> persisting
                .addObject()
                .put("id", p.now().id())
                .put("severityBefore", p.before().severity().text())
                .put("severity", p.now().severity().text()));
    }

    private static Consumer<Finding> entry(ArrayNode list) {
        return f -> list.addObject()
                .put("id", f.id())
                .put("severity", f.severity().text())
                .put("text", f.text());
    }

    private static @Nullable Double nullable(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
