package org.gazecheck.audit.intervention;

/** A candidate that is made on an image and not taken from another one, so that there are neither donors nor controls. */
interface MadeCandidate extends Candidate {
    @Override
    default int donors() {
        return 0;
    }

    @Override
    default int controls() {
        return 0;
    }

    @Override
    default boolean donorsOfOthers() {
        return true;
    }

    @Override
    default boolean sufficient() {
        return true;
    }
}
