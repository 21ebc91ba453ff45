package org.gazecheck.review;

import java.util.List;
import java.util.Optional;
import org.gazecheck.results.Signature;
import org.gazecheck.results.SigningRequest;

/** What comes of a request to sign a run. */
public sealed interface SignOff {
    /**
     * It is granted.
     *
     * @param replaces what was signed before, valid or void
     */
    record Granted(Signature signature, Optional<Signature> replaces) implements SignOff {}

    /** It is not. */
    sealed interface Refused extends SignOff {
        /** Why, in a line. */
        String text();
    }

    /** Something that must be reviewed has no verdict. */
    record Open(RequiredItems required) implements Refused {
        private static final int NAMED = 3;

        @Override
        public String text() {
            List<String> open = required.open();
            int more = open.size() - NAMED;
            return "not signed, because something that must be reviewed is open (" + open.size() + "): "
                    + String.join("; ", open.subList(0, Math.min(NAMED, open.size())))
                    + (more > 0 ? " and " + more + " more" : "");
        }
    }

    /** It was meant for another state of the run. */
    record OtherRun(SigningRequest request, String run) implements Refused {
        @Override
        public String text() {
            return "it is for run " + request.run() + ", and this is run " + run;
        }
    }

    /** Somebody signed since the page was written that was signed on. */
    record Meanwhile(Signature signature) implements Refused {
        @Override
        public String text() {
            return "not signed, because the run was " + signature.decision().past() + " by " + signature.reviewer()
                    + " at " + signature.time() + ", which the page did not show: review that signature first";
        }
    }
}
