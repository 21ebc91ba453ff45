package org.gazecheck.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gazecheck.audit.input.DescriptionRow;
import org.gazecheck.audit.input.EstimatedMaskRow;
import org.gazecheck.audit.input.GivenMaskRow;
import org.gazecheck.audit.input.MaskRows;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.MaskMeaning;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.onnx.export.ExportedModel;

/**
 * What an executor needs to describe images; broadcast once.
 *
 * @param onnx the bytes of {@code model.onnx}, for what the network sees of an image
 * @param rule of {@link MaskMeaning}, by which the data set's masks are read
 * @param least of {@link MaskMeaning}
 * @param maxPixels an image whose header says more is refused
 */
record DescribeJob(byte[] onnx, MaskMeaning.Rule rule, int least, long maxPixels) implements Serializable {
    /** By rule, so that a virtual machine reads the model once. */
    private static final ConcurrentHashMap<MaskMeaning, DescriptionRow> KINDS = new ConcurrentHashMap<>();

    DescriptionRow kind() throws IOException {
        MaskMeaning meaning = new MaskMeaning(rule, least);
        DescriptionRow kind = KINDS.get(meaning);
        if (kind == null) {
            kind = make(meaning);
            KINDS.put(meaning, kind);
        }
        return kind;
    }

    private DescriptionRow make(MaskMeaning meaning) throws IOException {
        Preprocessing preprocessing = ExportedModel.read(onnx).preprocessing();
        ImageLoader images = new ImageLoader(
                path -> {
                    throw new NoSuchFileException(path);
                },
                maxPixels);
        return new DescriptionRow(
                preprocessing,
                images,
                new MaskRows(
                        Optional.of(new GivenMaskRow(preprocessing, meaning)),
                        new EstimatedMaskRow(preprocessing, images)));
    }
}
