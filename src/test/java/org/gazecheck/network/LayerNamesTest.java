package org.gazecheck.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gazecheck.network.LayerNames.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as PyTorch's exporter writes them. */
class LayerNamesTest {
    private static final LayerNames NAMES = new LayerNames(List.of(
            named("/layer3/layer3.0/conv1/Conv"),
            named("/layer3/layer3.0/conv2/Conv"),
            named("/layer3/layer3.0/Add"),
            named("/layer4/layer4.0/conv2/Conv"),
            named("/layer4/layer4.0/Add"),
            named("/layer4/layer4.1/conv2/Conv"),
            named("/layer4/layer4.1/relu_1/Relu"),
            new Named("/avgpool/GlobalAveragePool_output_0", "/avgpool/GlobalAveragePool", false)));

    private static Named named(String node) {
        return new Named(node + "_output_0", node, true);
    }

    @ParameterizedTest
    @CsvSource({
        "/layer4/layer4.0/Add_output_0, /layer4/layer4.0/Add",
        "/layer4/layer4.0/Add, /layer4/layer4.0/Add",
        "layer4, /layer4/layer4.1/relu_1/Relu",
        "layer3, /layer3/layer3.0/Add",
        "layer4.1.conv2, /layer4/layer4.1/conv2/Conv",
        "conv1, /layer3/layer3.0/conv1/Conv",
        "-1, /layer4/layer4.1/relu_1/Relu",
        "-3, /layer4/layer4.0/Add"
    })
    void aNameIsThatOfOneValue(String wanted, String node) throws UnknownLayerException {
        assertEquals(node + "_output_0", NAMES.find(wanted));
    }

    @Test
    void whatCouldBeSeveralIsRefusedWithAllOfThem() {
        UnknownLayerException e = assertThrows(UnknownLayerException.class, () -> NAMES.find("conv2"));
        assertTrue(e.getMessage().contains("'layer3.0.conv2', 'layer4.0.conv2', 'layer4.1.conv2'"), e.getMessage());
    }

    @Test
    void whatIsUnknownIsRefusedWithTheNearest() {
        UnknownLayerException e = assertThrows(UnknownLayerException.class, () -> NAMES.find("layer5"));
        assertTrue(e.getMessage().contains("no layer 'layer5' in the network, but 'layer"), e.getMessage());
    }

    @Test
    void whatHasNoRowsAndColumnsIsRefusedWithSomeThatHave() {
        UnknownLayerException e = assertThrows(UnknownLayerException.class, () -> NAMES.find("avgpool"));
        assertTrue(e.getMessage().contains("has no rows and columns"), e.getMessage());
        assertThrows(UnknownLayerException.class, () -> NAMES.find("-8"));
    }
}
