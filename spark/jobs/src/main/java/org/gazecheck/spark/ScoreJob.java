package org.gazecheck.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ConcurrentHashMap;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.ImageOpener;
import org.gazecheck.evaluate.ImageScores;
import org.gazecheck.evaluate.ScoresRow;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.onnx.export.ExportedModel;

/**
 * What an executor needs to score images; broadcast once.
 *
 * @param context of the rows, which they are checked against
 * @param onnx the bytes of {@code model.onnx}
 * @param hash of the network as its archive has it
 * @param flip whether probabilities are averaged over image and mirror image
 * @param maxPixels an image whose header says more is refused
 * @param batch images in a forward pass
 * @param threads of the forward pass
 */
record ScoreJob(String context, byte[] onnx, String hash, boolean flip, long maxPixels, int batch, int threads)
        implements Serializable {
    private static final ImageOpener NO_FILES = path -> {
        throw new NoSuchFileException(path);
    };

    private static final ConcurrentHashMap<String, Opened> OPENED = new ConcurrentHashMap<>();

    /** The network of this virtual machine, shared by its tasks; open as long as it lives. */
    record Opened(ScoresRow kind, ImageScores.Session session) {}

    Opened opened() throws IOException {
        Opened opened = OPENED.get(context);
        if (opened == null) {
            synchronized (OPENED) {
                opened = OPENED.get(context);
                if (opened == null) {
                    opened = open();
                    OPENED.put(context, opened);
                }
            }
        }
        return opened;
    }

    private Opened open() throws IOException {
        ExportedModel model = ExportedModel.read(onnx);
        BuiltInNetwork exported = model.network();
        BuiltInNetwork network = new BuiltInNetwork(
                exported.architecture(), exported.convolutions(), exported.head(), exported.normalisation(), hash);
        ImageScores scores = new ImageScores(network, model.preprocessing(), Engine.ONNX, flip);
        ScoresRow kind = new ScoresRow(scores, new ImageLoader(NO_FILES, maxPixels));
        if (!kind.context().equals(context)) {
            throw new IllegalStateException("an executor's rows would be\n" + kind.context() + "\nand not\n" + context);
        }
        return new Opened(kind, scores.open(threads));
    }
}
