package org.gazecheck.network.onnx.external;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.Normalisation;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.ExternalRequest.Order;

/** The program of {@link GraphFuzzTest}'s process: reads mutated graphs, one seed after the other, and says what came of each. */
final class GraphFuzzPass {
    static final String BEGUN = "begun ";
    static final String TAKEN = "taken";
    static final String REFUSED = "refused";
    static final String FAILED = "failed ";

    private GraphFuzzPass() {}

    /** Arguments: folder, first seed, how many; further ones are files to damage in place of the small graphs. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Path.of(arguments[0]);
        MutatedGraphs graphs = graphs(folder, arguments);
        long from = Long.parseLong(arguments[1]);
        for (long seed = from; seed < from + Long.parseLong(arguments[2]); seed++) {
            out.println(BEGUN + seed);
            out.println(outcome(write(graphs, seed, folder)));
        }
        Runtime.getRuntime().halt(0);
    }

    static MutatedGraphs graphs(Path folder, String... arguments) throws IOException {
        if (arguments.length <= 3) {
            return MutatedGraphs.small(folder);
        }
        return new MutatedGraphs(Arrays.stream(arguments).skip(3).map(Path::of).toList());
    }

    static Path write(MutatedGraphs graphs, long seed, Path folder) throws IOException {
        return Files.write(folder.resolve("mutated.onnx"), graphs.mutated(seed));
    }

    static ExternalRequest request(Path file) {
        return new ExternalRequest(
                file,
                0,
                ClassifierVariants.SIDE,
                Order.AUTO,
                false,
                null,
                null,
                Normalisation.TORCHVISION,
                Optional.empty(),
                true);
    }

    private static String outcome(Path file) {
        try {
            ExternalModel.read(request(file));
            return TAKEN;
        } catch (GazecheckException e) {
            return e.getMessage().lines().count() == 1 ? REFUSED : FAILED + "its refusal has several lines";
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return FAILED + e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "");
        }
    }
}
