package org.gazecheck.report;

import java.util.List;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.MitigationTraining.Method;
import org.gazecheck.results.MitigationTraining.Target;
import org.gazecheck.results.Split;

/** What became of a run, with figures that mean nothing. */
final class SyntheticMitigation {
    private static final Figure FIGURE = new Figure(0.5, 0.4, 0.6, 100);

    private SyntheticMitigation() {}

    static Mitigation of(List<Target> shortcuts) {
        return new Mitigation(
                Mitigation.SCHEMA_VERSION,
                new MitigationTraining(
                        MitigationTraining.SCHEMA_VERSION,
                        "reports/drawn",
                        Hashes.sha256("model"),
                        Method.HEAD,
                        shortcuts,
                        null,
                        100,
                        3,
                        2,
                        0.5,
                        1e-6,
                        List.of(),
                        List.of(),
                        new Calibration(0.5, FIGURE, null, Calibration.BY_CLASS_AND_STATE)),
                Split.TEST,
                List.of(),
                List.of(),
                new Mitigation.Extreme("rose", FIGURE),
                new Mitigation.Extreme("lily", FIGURE),
                new Mitigation.CalibrationChange(FIGURE, FIGURE, FIGURE, 0.2),
                List.of(),
                null,
                List.of(),
                false,
                List.of("It still has an effect."));
    }
}
