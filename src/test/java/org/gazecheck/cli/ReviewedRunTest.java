package org.gazecheck.cli;

import static org.gazecheck.review.Reviews.EARLIER;
import static org.gazecheck.review.Reviews.TIME;
import static org.gazecheck.review.Reviews.prediction;
import static org.gazecheck.review.Reviews.verdict;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.ReviewableRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The review's commands on a run with three errors and two correct predictions, and a grave finding. */
abstract class ReviewedRunTest {
    @TempDir
    Path work;

    RunFolder run;
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @BeforeEach
    void makeRun() throws IOException {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            predictions.add(prediction(i + ".png", Split.TEST, "rose", i < 3 ? "daisy" : "rose"));
        }
        run = ReviewableRun.write(work.resolve("run"), predictions);
    }

    static ImageVerdict right(String path) {
        return verdict("Ann", prediction(path, Split.TEST, "rose", "rose"), Judgement.CORRECT, "", TIME, EARLIER);
    }

    Path verdicts(String name, Verdict... verdicts) throws IOException {
        Path file = work.resolve(name);
        VerdictsFile.write(file, List.of(verdicts));
        return file;
    }

    int sign(String decision, String reviewer, Object... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("sign", run.root(), "--decision", decision, "--reviewer", reviewer));
        arguments.addAll(List.of(more));
        return review(arguments.toArray());
    }

    int review(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("review"));
        all.addAll(List.of(arguments));
        return execute(all.toArray());
    }

    int execute(Object... arguments) {
        return Main.execute(
                new PrintWriter(out),
                new PrintWriter(err),
                Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }
}
