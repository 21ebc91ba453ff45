package org.gazecheck.network.engine;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.Normalisation;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.ExternalRequest.Order;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.Network;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TensorRequest.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The program of a trial's process: reads an external network and makes one pass over images of noise, with gradients where
 * there are some. Ends when the process that started it does, and at once, so that nothing native that the file broke is
 * taken down in order.
 */
final class TrialPass {
    static final int REFUSED = 10;
    static final int OUT_OF_MEMORY = 11;
    private static final double NOISE = 2;
    private static final String NONE = "";
    static final String REFUSAL = "gazecheck-refusal ";

    private TrialPass() {}

    static List<String> arguments(ExternalRequest request, TrialTerms terms) {
        return List.of(
                request.file().toString(),
                Integer.toString(request.classes()),
                Integer.toString(request.side()),
                request.order().name(),
                Boolean.toString(request.blueFirst()),
                Integer.toString(terms.batch()),
                Integer.toString(terms.threads()),
                text(request.normalisation().mean()),
                text(request.normalisation().std()),
                Objects.requireNonNullElse(request.layer(), NONE),
                Objects.requireNonNullElse(request.output(), NONE),
                request.layout().map(TrialPass::text).orElse(NONE),
                Boolean.toString(request.independent()));
    }

    public static void main(String[] arguments) {
        Thread parent = new Thread(TrialPass::endWithParent, "parent");
        parent.setDaemon(true);
        parent.start();
        Runtime.getRuntime().halt(code(arguments));
    }

    private static int code(String[] arguments) {
        try {
            ExternalRequest request = new ExternalRequest(
                    Path.of(arguments[0]),
                    Integer.parseInt(arguments[1]),
                    Integer.parseInt(arguments[2]),
                    Order.valueOf(arguments[3]),
                    Boolean.parseBoolean(arguments[4]),
                    named(arguments[9]),
                    named(arguments[10]),
                    new Normalisation(numbers(arguments[7]), numbers(arguments[8])),
                    Optional.of(arguments[11])
                            .filter(text -> !text.equals(NONE))
                            .map(TrialPass::reading),
                    Boolean.parseBoolean(arguments[12]));
            pass(ExternalNetworks.read(request), Integer.parseInt(arguments[5]), Integer.parseInt(arguments[6]));
            return 0;
        } catch (GazecheckException e) {
            new PrintStream(System.out, true, StandardCharsets.UTF_8).println(Trial.line(e));
            return REFUSED;
        } catch (OutOfMemoryError e) {
            return OUT_OF_MEMORY;
        } catch (IOException e) {
            return 1;
        }
    }

    private static String text(Reading reading) {
        return reading.kind() + " " + reading.height() + " " + reading.width();
    }

    private static Reading reading(String text) {
        String[] parts = text.split(" ");
        return new Reading(MapLayout.Kind.valueOf(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static @Nullable String named(String argument) {
        return argument.equals(NONE) ? null : argument;
    }

    private static String text(float[] numbers) {
        return IntStream.range(0, numbers.length)
                .mapToObj(i -> Float.toString(numbers[i]))
                .collect(Collectors.joining(","));
    }

    private static float[] numbers(String text) {
        String[] parts = text.split(",");
        float[] numbers = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = Float.parseFloat(parts[i]);
        }
        return numbers;
    }

    private static void pass(Network network, int batch, int threads) {
        int side = network.side().orElseThrow();
        Tensor images = Tensor.of(noise(Math.multiplyExact(batch * 3 * side, side)), batch, 3, side, side);
        String layer = network.lastLayer();
        boolean gradients = network.whyNoGradients(layer).isEmpty();
        InferencePlan plan = gradients
                ? InferencePlan.fromImage(Tap.LOGITS, new Tap.Activations(layer), new Tap.Gradients(layer))
                : InferencePlan.fromImage(Tap.LOGITS, new Tap.Activations(layer));
        try (InferenceSession session = Engines.open(network, plan, Engine.ONNX, threads)) {
            if (gradients) {
                session.run(images, Tensor.of(new float[batch * network.classes()], batch, network.classes()));
            } else {
                session.run(images);
            }
        }
    }

    private static float[] noise(int length) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (random.nextDouble() * 2 * NOISE - NOISE);
        }
        return values;
    }

    /** Its input is the parent's: it ends with it. */
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(1);
    }
}
