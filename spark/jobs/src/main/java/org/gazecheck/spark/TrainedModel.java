package org.gazecheck.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.gazecheck.config.ComputeSettings.Inference;
import org.gazecheck.config.Configuration;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.evaluate.ImageScores;
import org.gazecheck.evaluate.ScoresRow;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.network.Engine;
import org.gazecheck.network.dl4j.ModelArchive;
import org.gazecheck.network.onnx.export.ExportedModel;
import org.gazecheck.results.RunFolder;

/**
 * The network that the single machine trained, from its run folder.
 *
 * @param onnx the bytes of {@code model.onnx}, checked against {@code model.zip}
 * @param network with what it is given and how
 * @param scores its rows
 * @param hash of the network as the archive has it
 * @param classes names, in the order of the logits
 */
record TrainedModel(byte[] onnx, ImageScores network, ScoresRow scores, String hash, List<String> classes) {
    static TrainedModel read(Configuration configuration) throws IOException {
        if (configuration.external().model() != null) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    "external.model: networks that others trained are not scored on Spark; use gazecheck audit");
        }
        if (configuration.compute().inference() != Inference.ONNX) {
            throw new GazecheckException(
                    FailureKind.USAGE, "compute.inference: executors have ONNX Runtime alone; set it to onnx");
        }
        RunFolder run = new RunFolder(
                configuration.model().run() != null
                        ? configuration.model().run()
                        : configuration.output().dir());
        if (!Files.isRegularFile(run.onnx())) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA,
                    "no model at " + run.onnx() + ": train it first, on one machine, with gazecheck train CONFIG");
        }
        byte[] onnx = Files.readAllBytes(run.onnx());
        ModelArchive.Loaded model = ModelArchive.withWeights(
                run.archive(), ExportedModel.read(run.onnx()).network());
        ImageScores scores = new ImageScores(
                model.network(),
                model.info().preprocessing(),
                Engine.ONNX,
                configuration.evaluate().flip());
        return new TrainedModel(
                onnx,
                scores,
                new ScoresRow(scores, ImageLoader.of(configuration.data())),
                model.network().hash(),
                model.info().classes());
    }

    ShippedModel shipped(Configuration configuration) {
        return new ShippedModel(
                onnx,
                hash,
                configuration.evaluate().flip(),
                configuration.data().maxPixels());
    }
}
