package org.gazecheck.spark;

import java.io.IOException;
import java.io.Serializable;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.evaluate.ImageScores;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.onnx.export.ExportedModel;

/**
 * A network on its way to executors.
 *
 * @param onnx the bytes of {@code model.onnx}
 * @param hash of the network as its archive has it
 * @param flip whether probabilities are averaged over image and mirror image
 * @param maxPixels an image whose header says more is refused
 */
record ShippedModel(byte[] onnx, String hash, boolean flip, long maxPixels) implements Serializable {
    /** What an executor's rows are made of. */
    ImageScores scores() throws IOException {
        ExportedModel model = ExportedModel.read(onnx);
        BuiltInNetwork exported = model.network();
        BuiltInNetwork network = new BuiltInNetwork(
                exported.architecture(), exported.convolutions(), exported.head(), exported.normalisation(), hash);
        return new ImageScores(network, model.preprocessing(), Engine.ONNX, flip);
    }

    /** Images have their bytes with them. */
    ImageLoader images() {
        return ImageLoader.ofBytes(maxPixels);
    }
}
