package org.gazecheck.knownanswers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image of a set before it is drawn.
 *
 * @param path in the set
 * @param species what it shows, which need not be what it is labelled
 * @param source its photograph
 * @param second a further flower beside it that the mask leaves out
 * @param background the kind behind it; empty where the photograph's own stays
 * @param properties what it carries besides
 */
record Picture(
        String path,
        String label,
        String species,
        Path source,
        @Nullable Path second,
        String background,
        List<Property> properties) {
    Picture {
        properties = List.copyOf(properties);
    }

    boolean carries(Property property) {
        return property.artefact() == Artefact.BACKGROUND
                ? background.equals(property.variant())
                : properties.stream().anyMatch(property::isSame);
    }

    Optional<Property> carried(Artefact artefact) {
        return properties.stream().filter(each -> each.artefact() == artefact).findFirst();
    }

    /** The same with a property; a flower is not far and near at once. */
    Picture with(Property property) {
        if (property.artefact() == Artefact.BACKGROUND) {
            return before(property.variant());
        }
        List<Property> all = new ArrayList<>(without(property).properties);
        all.removeIf(each -> isSize(each.artefact()) && isSize(property.artefact()));
        all.add(property);
        return new Picture(path, label, species, source, second, background, all);
    }

    /** The same without a property; no background is taken away, only exchanged by {@link #before}. */
    Picture without(Property property) {
        return new Picture(
                path,
                label,
                species,
                source,
                second,
                background,
                properties.stream().filter(each -> !each.isSame(property)).toList());
    }

    Picture before(String kind) {
        return new Picture(path, label, species, source, second, kind, properties);
    }

    Picture at(String other) {
        return new Picture(other, label, species, source, second, background, properties);
    }

    private static boolean isSize(Artefact artefact) {
        return artefact == Artefact.SMALL || artefact == Artefact.LARGE;
    }
}
