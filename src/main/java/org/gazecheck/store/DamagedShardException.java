package org.gazecheck.store;

import java.nio.file.Path;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** A shard's bytes are not those that were written. The shard is removed, so that its rows count as missing again. */
public final class DamagedShardException extends GazecheckException {
    private static final long serialVersionUID = 1;

    DamagedShardException(Path file, String how) {
        super(FailureKind.OTHER, file + " is damaged (" + how + ")");
    }
}
