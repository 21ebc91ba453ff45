package org.gazecheck.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gazecheck.bench.JavaContender;
import org.gazecheck.bench.Material;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.dl4j.TrainableNetwork;

/** Gazecheck's steps of fine-tuning, on kept activations: forward, backward, AdamW. */
public final class TrainingStepContender extends JavaContender {
    private static final int COMPARED = 5;

    private final Material material;
    private final TrainingStep step;
    private final TrainingState state;
    private final List<Float> losses = new ArrayList<>();

    public TrainingStepContender(Material material) throws IOException {
        this.material = material;
        TrainableNetwork network = TrainableNetwork.from(material.network(), "layer4");
        TrainSettings.Finetune recipe = recipe();
        step = new TrainingStep(network, new int[] {1024, 14, 14}, recipe, new Schedule(0, Integer.MAX_VALUE));
        float[] parameters = new float[Math.toIntExact(network.parameters().length())];
        NativeFloats.get(network.parameters(), parameters);
        state = new TrainingState(parameters, step.moments(), false);
    }

    /** As the flowers' recipe has it, without the smoothing, which the targets have already. */
    private static TrainSettings.Finetune recipe() throws IOException {
        Path yaml = Files.createTempFile("bench", ".yaml");
        try {
            Files.writeString(yaml, "data: {source: demo, dir: nowhere}\nmodel: {architecture: resnet50}\n");
            return ConfigurationReader.read(yaml, List.of()).train().finetune();
        } finally {
            Files.delete(yaml);
        }
    }

    @Override
    protected Map<String, Tensor> pass() {
        Batches.Batch images = new Batches.Batch(material.activations(), Material.IMAGES);
        float loss = (float) step.take(state, new Batches.Labelled(images, material.targets()));
        if (losses.size() < COMPARED) {
            losses.add(loss);
        }
        float[] values = new float[losses.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = losses.get(i);
        }
        return Map.of("losses", Tensor.of(values, values.length));
    }

    @Override
    public void close() {}
}
