package org.gazecheck.audit.segment;

import java.util.BitSet;

/**
 * Something that some of the images have.
 *
 * @param source such as the property of which it is a range; two traits of one source are not put together
 * @param name by itself, as files have it: {@code brightness: lowest fifth}
 * @param words to be put after "where": {@code brightness is in the lowest fifth (at most 31 %)}
 * @param members indices of the images that have it
 */
record Trait(String source, String name, String words, BitSet members) {}
