package org.gazecheck.audit.segment;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The images that have a trait, or two.
 *
 * @param members indices of these images
 */
record Segment(List<Trait> traits, BitSet members) {
    Segment {
        traits = List.copyOf(traits);
    }

    static Segment of(Trait trait) {
        return new Segment(List.of(trait), trait.members());
    }

    static Segment of(Trait one, Trait other) {
        return new Segment(List.of(one, other), common(one.members(), other.members()));
    }

    String name() {
        return traits.stream().map(Trait::name).collect(Collectors.joining(" and "));
    }

    String words() {
        return traits.stream().map(Trait::words).collect(Collectors.joining(" and "));
    }

    /** Whether more than half of the smaller one is in the other. */
    boolean overlaps(Segment other) {
        return 2 * common(members, other.members).cardinality()
                > Math.min(members.cardinality(), other.members.cardinality());
    }

    static BitSet common(BitSet one, BitSet other) {
        BitSet common = (BitSet) one.clone();
        common.and(other);
        return common;
    }

    static BitSet without(BitSet one, BitSet other) {
        BitSet rest = (BitSet) one.clone();
        rest.andNot(other);
        return rest;
    }
}
