package org.gazecheck.store;

import java.io.IOException;
import java.nio.file.Path;

/** A shard's bytes are not those that were written. The shard is removed, so that its rows count as missing again. */
public final class DamagedShardException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedShardException(Path file, String how) {
        super(file + " is damaged (" + how + ")");
    }
}
