package org.gazecheck.network.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.zoo.PretrainedType;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.TinyNetworks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PublishedResNetTest {
    private static final List<Integer> PLANES = List.of(64, 128, 256, 512);

    /** torchvision publishes 11 689 512 and 25 557 032, of which 4 800 and 26 560 are a second number per batch norm. */
    @Test
    void hasThePublishedNumberOfParameters() {
        assertEquals(
                11_689_512 - 4_800,
                parameters(new Architecture("resnet18", Block.BASIC, List.of(2, 2, 2, 2), PLANES, false)));
        assertEquals(
                25_557_032 - 26_560,
                parameters(new Architecture("resnet50", Block.BOTTLENECK, List.of(3, 4, 6, 3), PLANES, true)));
    }

    @Test
    void startsFromRandomWeightsThatTheSeedFixes() {
        Architecture tiny = TinyNetworks.architecture(Block.BOTTLENECK);
        ComputationGraph graph = new PublishedResNet(tiny, 5, 1).init();
        INDArray probabilities = graph.outputSingle(Nd4j.ones(2, 3, 64, 48));
        assertArrayEquals(new long[] {2, 5}, probabilities.shape());
        assertEquals(1, probabilities.getRow(0).sumNumber().doubleValue(), 1e-5);
        ComputationGraph same = new PublishedResNet(tiny, 5, 1).init();
        ComputationGraph other = new PublishedResNet(tiny, 5, 2).init();
        assertTrue(graph.params().equalsWithEps(same.params(), 0));
        assertFalse(graph.params().equalsWithEps(other.params(), 1e-3));
    }

    @Test
    void saysWhereWeightsComeFrom() {
        PublishedResNet model = new PublishedResNet(TinyNetworks.architecture(Block.BASIC), 5, 1);
        assertFalse(model.pretrainedAvailable(PretrainedType.IMAGENET));
        var e = assertThrows(UnsupportedOperationException.class, () -> model.initPretrained(PretrainedType.IMAGENET));
        assertTrue(e.getMessage().contains("ResNets.load"));
    }

    private static long parameters(Architecture architecture) {
        ComputationGraph graph = new PublishedResNet(architecture, 1000, 1).init();
        return graph.numParams();
    }
}
