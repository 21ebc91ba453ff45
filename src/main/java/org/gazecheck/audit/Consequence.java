package org.gazecheck.audit;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.results.Finding;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Statement;

/**
 * Which finding follows from which shortcut. Of images it does when most of those that show it are called a class that has one.
 *
 * @param cause of the most of it
 * @param others that have a part in it
 * @param why a sentence without its end
 */
record Consequence(Cause cause, List<Cause> others, String why) {
    private static final int FEWEST = 3;

    /** Columns of {@code properties.csv} that a reason changes. */
    private static final Map<Reason, Set<String>> PROPERTIES = Map.of(
            Reason.BACKGROUND, Set.of("background_hue"),
            Reason.COLOUR,
                    Set.of(
                            "brightness",
                            "contrast",
                            "saturation",
                            "object_hue",
                            "background_hue",
                            "cast_temperature",
                            "cast_tint",
                            "falloff"),
            Reason.BLUR, Set.of("sharpness", "blur"),
            Reason.COMPRESSION, Set.of("sharpness", "noise", "blockiness", "quantiser"),
            Reason.SIZE, Set.of("object_area"));

    private Consequence(Cause cause, String why) {
        this(cause, List.of(), why);
    }

    /**
     * Empty where it follows from none.
     *
     * @param causes those that matter most first
     */
    static Optional<Consequence> of(Finding finding, List<Cause> causes, AuditedRun run) {
        return switch (finding.kind()) {
            case SCENE_CORRELATION -> correlation(finding, causes);
            case LOCALISATION_OF_CLASS, LOCALISATION_OF_CLASS_ERRORS -> ofClass(finding, causes, run);
            case LOCALISATION_OF_ERRORS -> mostErrors(shown(finding, run), causes, "errors that show it most");
            case PROPERTY_OF_ERRORS ->
                mostErrors(
                        shown(finding, run),
                        causes.stream()
                                .filter(cause -> PROPERTIES
                                        .getOrDefault(cause.reason(), Set.of())
                                        .contains(finding.subject()))
                                .toList(),
                        "errors that show it most");
            case WEAK_SEGMENT -> mostErrors(shown(finding, run), causes, "of its surest errors");
            case HEATMAP_CLUSTER -> cluster(finding, causes, run);
            default -> Optional.empty();
        };
    }

    private static Optional<Consequence> correlation(Finding finding, List<Cause> causes) {
        return causes.stream()
                .filter(cause ->
                        cause.reason() == Reason.BACKGROUND && cause.name().equals(finding.subject()))
                .findFirst()
                .map(cause -> new Consequence(
                        cause,
                        cause.proven()
                                ? "swapping backgrounds proved that the network uses this"
                                : "swapping backgrounds points to it that the network uses this"));
    }

    /** Of the class that has the shortcut, or of one whose errors are mostly called that class. */
    private static Optional<Consequence> ofClass(Finding finding, List<Cause> causes, AuditedRun run) {
        Optional<Cause> own = causes.stream()
                .filter(cause -> cause.name().equals(finding.subject()))
                .findFirst();
        return own.isPresent()
                ? own.map(cause -> new Consequence(
                        cause,
                        "images " + (cause.proven() ? "are" : "may be") + " called it because of "
                                + cause.reason().noun()))
                : mostlyCalled(run.errors(finding.subject()), causes, "errors on " + finding.subject());
    }

    private static List<Prediction> shown(Finding finding, AuditedRun run) {
        return run.at(Set.copyOf(finding.evidence()));
    }

    private static Optional<Consequence> cluster(Finding finding, List<Cause> causes, AuditedRun run) {
        List<Prediction> members = run.cluster(finding.subject());
        return mostlyCalled(members, causes, "images of the group").or(() -> causes.stream()
                .flatMap(cause -> carried(finding.subject(), members.size(), cause, run).stream())
                .findFirst());
    }

    /** Where most images known to carry it are in the group, and twice as many as its size would give. */
    private static Optional<Consequence> carried(String cluster, int size, Cause cause, AuditedRun run) {
        List<HeatmapClusterMember> carriers = run.clusters().stream()
                .filter(member -> cause.carriers().contains(member.path()))
                .toList();
        long inside = carriers.stream()
                .filter(member -> member.cluster().equals(cluster))
                .count();
        boolean most = inside >= FEWEST
                && 2 * inside > carriers.size()
                && inside * run.clusters().size() >= 2L * size * carriers.size();
        return most
                ? Optional.of(new Consequence(
                        cause,
                        String.format(
                                Locale.ROOT,
                                "%d of %d images that show it best are decided there",
                                inside,
                                carriers.size())))
                : Optional.empty();
    }

    /** Errors that go to a class with a shortcut, or are made on one: without what they go by its own images are missed. */
    private static Optional<Consequence> mostErrors(List<Prediction> errors, List<Cause> causes, String what) {
        return most(errors, causes, what, true);
    }

    private static Optional<Consequence> mostlyCalled(List<Prediction> images, List<Cause> causes, String what) {
        return most(images, causes, what, false);
    }

    /**
     * Where most are called classes that have a shortcut: of that which most are called.
     *
     * @param own whether images of such a class count that are called another, where its shortcut is proven
     */
    private static Optional<Consequence> most(List<Prediction> images, List<Cause> causes, String what, boolean own) {
        Map<String, Cause> byClass = new LinkedHashMap<>();
        causes.forEach(cause -> byClass.putIfAbsent(cause.name(), cause));
        Map<String, Integer> explained = new HashMap<>();
        boolean missed = false;
        for (Prediction image : images) {
            Cause ofLabel = byClass.get(image.label());
            if (byClass.containsKey(image.predicted())) {
                explained.merge(image.predicted(), 1, Integer::sum);
            } else if (own && ofLabel != null && ofLabel.proven()) {
                explained.merge(image.label(), 1, Integer::sum);
                missed = true;
            }
        }
        int all = explained.values().stream().mapToInt(Integer::intValue).sum();
        if (images.size() < FEWEST || 2 * all <= images.size()) {
            return Optional.empty();
        }
        List<String> names =
                byClass.keySet().stream().filter(explained::containsKey).toList();
        String most = names.stream()
                .reduce((a, b) -> explained.getOrDefault(b, 0) > explained.getOrDefault(a, 0) ? b : a)
                .orElseThrow();
        return Optional.of(new Consequence(
                Objects.requireNonNull(byClass.get(most)),
                byClass.values().stream()
                        .filter(cause -> explained.containsKey(cause.name()))
                        .filter(cause -> !cause.name().equals(most))
                        .toList(),
                (all == images.size() ? "all " + all : all + " of the " + images.size()) + " " + what + " are called "
                        + listed(names) + (missed ? ", or should be" : "")));
    }

    static String listed(Collection<String> names) {
        return String.join(" or ", names);
    }

    /** The finding in words that say where it comes from. */
    Finding told(Finding finding) {
        String from = Stream.concat(Stream.of(cause), others.stream())
                .map(each -> "the " + (each.proven() ? "proven " : "suspected ") + each.title())
                .collect(Collectors.joining(" and "));
        Statement statement = cause.proven()
                ? finding.statement()
                        .saying(
                                finding.text() + " It follows from " + from + ": " + why + ".",
                                "Follow the advice of " + titles(" and ") + ": this is where it comes from.")
                : finding.statement()
                        .saying(
                                finding.text() + " It may follow from " + from + ": " + why + ".",
                                "Look first whether " + titles(" or ") + " is real: this may be where it comes from. "
                                        + finding.advice());
        return finding.saying(statement).of(cause.story());
    }

    private String titles(String word) {
        return Stream.concat(Stream.of(cause), others.stream())
                .map(each -> "the " + each.title())
                .collect(Collectors.joining(word));
    }
}
