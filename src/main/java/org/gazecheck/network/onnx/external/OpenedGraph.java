package org.gazecheck.network.onnx.external;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.WeightsException;

/**
 * A classifier's graph with the sizes of its values, found with some rows as it takes them.
 *
 * @param numbers how many logits there are
 * @param row one of the rows, [1, ...]
 */
record OpenedGraph(ExternalGraph graph, ProbedGraph probed, int numbers, Tensor row, List<Assumed> assumed) {
    /** @throws WeightsException if the model has another number of inputs than one, or none of single precision */
    static ValueInfoProto input(Path file, ModelProto model) throws WeightsException {
        Set<String> weights = model.getGraph().getInitializerList().stream()
                .map(TensorProto::getName)
                .collect(Collectors.toSet());
        List<ValueInfoProto> inputs = model.getGraph().getInputList().stream()
                .filter(each -> !weights.contains(each.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new WeightsException(
                    file + " has " + inputs.size() + " inputs, where an image classifier has one tensor");
        }
        if (inputs.get(0).getType().getTensorType().getElemType() != TensorProto.DataType.FLOAT_VALUE) {
            throw new WeightsException(
                    file + ": its input '" + Printable.of(inputs.get(0).getName())
                            + "' is not of single-precision numbers: export the model with a float32 input");
        }
        return inputs.get(0);
    }

    /**
     * @param output that holds the logits; empty: the one that is reached through the most operators
     * @param rows [n, ...]
     * @throws GazecheckException if it gives no logits
     */
    static OpenedGraph of(Path file, ModelProto model, ValueInfoProto input, Optional<String> output, Tensor rows)
            throws GazecheckException {
        List<String> outputs = model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .toList();
        if (outputs.isEmpty()) {
            throw new WeightsException(file + " has no output, where a classifier has one");
        }
        String image = input.getName();
        ExternalGraph whole = new ExternalGraph(model, image, outputs.get(0));
        BatchProbe.Found batch = BatchProbe.of(model, whole, outputs, some(rows, BatchProbe.IMAGES));
        LogitsSearch.Found logits = new LogitsSearch(model, whole, batch.each().get(0)).find(outputs, output);
        ExternalGraph graph = new ExternalGraph(model, image, logits.value(), batch.rows());
        List<Assumed> assumed = new ArrayList<>();
        logits.assumed().ifPresent(assumed::add);
        batch.assumed().ifPresent(assumed::add);
        ProbedGraph probed = ProbedGraph.of(graph, some(rows, 1), some(rows, 2));
        return new OpenedGraph(graph, probed, logits.numbers(), some(rows, 1), assumed);
    }

    /** The first rows, over and over where there are fewer. */
    static Tensor some(Tensor rows, int count) {
        int n = rows.shape()[0];
        int length = rows.size() / n;
        int[] shape = rows.shape().clone();
        shape[0] = count;
        float[] some = new float[count * length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows.data(), i % n * length, some, i * length, length);
        }
        return Tensor.of(some, shape);
    }
}
