package org.gazecheck.network.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TrainableNetworkTest {
    private static final int N = 4;
    private static final double STEP = 1e-3;

    private final SplittableRandom random = new SplittableRandom(9);
    private final INDArray images =
            Nd4j.create(TinyNetworks.numbers(random, N * 3 * 32 * 32, 0, 1), new long[] {N, 3, 32, 32}, 'c');
    private final INDArray labels = labels();

    /**
     * Single precision and ReLUs that flip within the step cost a few per cent; a wrong backward pass (the library's in
     * NHWC) is off by more than the whole.
     */
    @ParameterizedTest
    @EnumSource(Block.class)
    void everyGroupsGradientIsThatOfFiniteDifferences(Block block) {
        TrainableNetwork trained = TrainableNetwork.from(TinyNetworks.hellinger(block, 1), TrainableNetwork.ALL);
        trained.computeGradients(images, labels);
        float[] gradients = trained.gradients().dup().data().asFloat();
        float[] start = trained.parameters().dup().data().asFloat();
        for (ParameterGroup group : trained.groups()) {
            double norm = norm(gradients, group);
            double slope = (movedLoss(trained, start, gradients, group, STEP / norm)
                            - movedLoss(trained, start, gradients, group, -STEP / norm))
                    / (2 * STEP);
            assertEquals(norm / N, slope, 0.05 * norm / N, group.name() + " " + group.kind());
        }
    }

    private static double norm(float[] gradients, ParameterGroup group) {
        double sum = 0;
        for (int i = 0; i < group.length(); i++) {
            double g = gradients[(int) group.offset() + i];
            sum += g * g;
        }
        return Math.sqrt(sum);
    }

    private double movedLoss(
            TrainableNetwork trained, float[] start, float[] gradients, ParameterGroup group, double step) {
        float[] moved = start.clone();
        for (int i = (int) group.offset(); i < group.offset() + group.length(); i++) {
            moved[i] += (float) (step * gradients[i]);
        }
        trained.parameters().assign(Nd4j.createFromArray(moved));
        return loss(trained);
    }

    @Test
    void lossIsTheCrossEntropyOfTheLogits() {
        TrainableNetwork trained = TrainableNetwork.from(TinyNetworks.linear(Block.BASIC, 2), "layer1");
        assertEquals(loss(trained), trained.computeGradients(images, labels), 1e-5);
    }

    @Test
    void aPartStartsFromTheStageBefore() {
        BuiltInNetwork network = TinyNetworks.hellinger(Block.BOTTLENECK, 3);
        TrainableNetwork trained = TrainableNetwork.from(network, "layer2");
        assertEquals("layer1", trained.input());
        InferencePlan plan = InferencePlan.fromImage(new Tap.Activations("layer1"), Tap.LOGITS);
        try (Dl4jSession session = Dl4jSession.open(network, plan, 0)) {
            var found = session.run(new Tensor(images.dup().data().asFloat(), new int[] {N, 3, 32, 32}));
            Tensor inner = found.get(new Tap.Activations("layer1"));
            INDArray input = Nd4j.create(inner.data(), new long[] {N, 16, 8, 8}, 'c');
            float[] logits = trained.outputs(input).dup('c').data().asFloat();
            assertArrayEquals(found.get(Tap.LOGITS).data(), logits, 1e-5f);
        }
    }

    @Test
    void readingBackWithoutTrainingGivesTheSameNetwork() {
        for (BuiltInNetwork network :
                List.of(TinyNetworks.linear(Block.BASIC, 4), TinyNetworks.hellinger(Block.BOTTLENECK, 4))) {
            assertEquals(
                    network.hash(),
                    TrainableNetwork.from(network, TrainableNetwork.ALL)
                            .toBuiltIn()
                            .hash());
            assertEquals(
                    network.hash(),
                    TrainableNetwork.from(network, "layer2").toBuiltIn().hash());
        }
    }

    @Test
    void trainingMovesTheTrainedStagesAndNoOther() {
        BuiltInNetwork network = TinyNetworks.linear(Block.BASIC, 5);
        TrainableNetwork trained = TrainableNetwork.from(network, "layer1");
        assertTrue(trained.groups().stream().noneMatch(group -> group.name().equals("conv1")));
        for (ParameterGroup group : trained.groups()) {
            trained.parameters().putScalar(group.offset(), 7);
        }
        BuiltInNetwork after = trained.toBuiltIn();
        assertNotEquals(network.hash(), after.hash());
        assertEquals(7, after.convolutions().get("layer1.0.conv1").kernel()[0]);
        assertEquals(7, after.convolutions().get("layer2.0.downsample.0").bias()[0]);
        assertEquals(7, after.head().orElseThrow().weight()[0]);
        assertArrayEquals(
                network.convolutions().get("conv1").kernel(),
                after.convolutions().get("conv1").kernel());
    }

    @Test
    void twoRunsEndWithTheSameBytes() {
        assertArrayEquals(fiveSteps(), fiveSteps());
    }

    private float[] fiveSteps() {
        TrainableNetwork trained =
                TrainableNetwork.from(TinyNetworks.hellinger(Block.BOTTLENECK, 6), TrainableNetwork.ALL);
        for (int step = 0; step < 5; step++) {
            trained.computeGradients(images, labels);
            trained.parameters().subi(trained.gradients().mul(0.01 / N));
        }
        return trained.parameters().dup().data().asFloat();
    }

    @Test
    void theLossFallsAlongTheGradient() {
        TrainableNetwork trained = TrainableNetwork.from(TinyNetworks.linear(Block.BASIC, 8), TrainableNetwork.ALL);
        double before = trained.computeGradients(images, labels);
        trained.parameters().subi(trained.gradients().mul(1e-3 / N));
        assertTrue(trained.computeGradients(images, labels) < before);
    }

    @Test
    void convolutionsRunOnTheNativeLibrarysFastPath() {
        TrainableNetwork trained = TrainableNetwork.from(TinyNetworks.linear(Block.BASIC, 7), TrainableNetwork.ALL);
        ConvolutionLayer layer =
                assertInstanceOf(ConvolutionLayer.class, trained.graph().getLayer("layer2.0.conv1"));
        assertNotNull(layer.getHelper(), "oneDNN is off");
        assertTrue(NativeAcceleration.describe().contains("MKLDNNConvHelper"));
    }

    private double loss(TrainableNetwork trained) {
        float[] logits = trained.outputs(images).dup('c').data().asFloat();
        float[] targets = labels.dup('c').data().asFloat();
        double loss = 0;
        for (int i = 0; i < N; i++) {
            double sum = 0;
            for (int c = 0; c < TinyNetworks.CLASSES; c++) {
                sum += Math.exp(logits[i * TinyNetworks.CLASSES + c]);
            }
            for (int c = 0; c < TinyNetworks.CLASSES; c++) {
                int at = i * TinyNetworks.CLASSES + c;
                loss -= targets[at] * (logits[at] - Math.log(sum)) / N;
            }
        }
        return loss;
    }

    private static INDArray labels() {
        float[] soft = new float[N * TinyNetworks.CLASSES];
        for (int i = 0; i < soft.length; i++) {
            soft[i] = i % TinyNetworks.CLASSES == i / TinyNetworks.CLASSES % TinyNetworks.CLASSES ? 0.8f : 0.1f;
        }
        return Nd4j.create(soft, new long[] {N, TinyNetworks.CLASSES}, 'c');
    }
}
