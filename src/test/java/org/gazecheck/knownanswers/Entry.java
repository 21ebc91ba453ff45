package org.gazecheck.knownanswers;

import java.util.stream.Collectors;
import org.gazecheck.knownanswers.Recipe.Base;
import org.gazecheck.knownanswers.Recipe.Masks;

/** A set of the matrix. */
record Entry(Recipe recipe) {
    String name() {
        return recipe.name();
    }

    /** Whether it is of a kind: {@code null}, {@code decoy}, or a reason. */
    boolean isOf(String kind) {
        boolean tied = !name().startsWith(Matrix.NULL) && !name().startsWith(Matrix.DECOY);
        return name().startsWith(kind)
                || tied
                        && recipe.ties().stream()
                                .anyMatch(tie ->
                                        tie.property().artefact().reason().equals(kind));
    }

    /**
     * Whether an audit can prove a tie at all. It cannot where a thing at any place would have to be found without masks in a
     * test that is tied too; nor where the mask leaves a further flower of the class in front of a background that all images
     * of the class have, and no image of another.
     */
    boolean separable(Tie tie) {
        Artefact artefact = tie.property().artefact();
        boolean anywhere =
                artefact == Artefact.STICKER || artefact == Artefact.OBJECT || artefact == Artefact.REAL_OBJECT;
        boolean lost = anywhere && recipe.masks() == Masks.NONE && recipe.tiedTest();
        boolean mixed =
                artefact == Artefact.BACKGROUND && tie.share() == 1 && recipe.masks() == Masks.ONE && recipe.tiedTest();
        return !lost && !mixed;
    }

    String circumstances() {
        String base = recipe.base() == Base.COMPOSITE ? "composites" : "photographs";
        String masks =
                switch (recipe.masks()) {
                    case WHOLE -> "whole masks";
                    case ONE -> "masks of one flower";
                    case ESTIMATED -> "estimated masks";
                    case NONE -> "no masks";
                };
        return base + "; " + (recipe.tiedTest() ? "test tied" : "test even") + "; " + masks;
    }

    @Override
    public String toString() {
        return name() + ": "
                + recipe.ties().stream()
                        .map(Tie::text)
                        .collect(Collectors.joining(", ", "", " (" + circumstances() + ")"));
    }
}
