package org.gazecheck.rows;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gazecheck.io.Hashes;

/**
 * An image, for what is computed of it.
 *
 * @param name of its file, for what the first bytes do not tell
 * @param file all bytes of the file; empty where only {@link RowKind#key} is asked for
 * @param sha256 of the file
 * @param label index of its class; {@link #UNLABELLED} where nobody gave one
 * @param mask that was given for it, if any
 * @param rows by the kind's name: those that the wanted row builds on
 */
public record RowImage(
        String name, byte[] file, String sha256, int label, Optional<MaskBytes> mask, Map<String, Object> rows) {
    public static final int UNLABELLED = -1;

    /**
     * A mask as its file has it.
     *
     * @param name of the file without its folder, since official segmentations are told by it
     */
    public record MaskBytes(String name, byte[] file, String sha256) {
        public static MaskBytes of(String name, byte[] file) {
            return new MaskBytes(name, file, Hashes.sha256(file));
        }
    }

    /** Without a mask, and without other rows. */
    public static RowImage of(String name, byte[] file, String sha256, int label) {
        return new RowImage(name, file, sha256, label, Optional.empty(), Map.of());
    }

    /** With a row that another builds on. */
    public <A> RowImage with(RowKind<?, A> kind, A row) {
        Map<String, Object> more = new HashMap<>(rows);
        more.put(kind.name(), row);
        return new RowImage(name, file, sha256, label, mask, Map.copyOf(more));
    }

    /** With the mask that was given for it. */
    public RowImage with(MaskBytes given) {
        return new RowImage(name, file, sha256, label, Optional.of(given), rows);
    }

    /** Whether the row of a kind came with it. */
    public boolean has(RowKind<?, ?> kind) {
        return rows.containsKey(kind.name());
    }

    /** The row of a kind that this one builds on. @throws NullPointerException where it was not given */
    public <A> A row(RowKind<?, A> kind) {
        return kind.type().cast(Objects.requireNonNull(rows.get(kind.name()), kind.name()));
    }
}
