package org.gazecheck.network.dl4j;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.zoo.ModelMetaData;
import org.deeplearning4j.zoo.PretrainedType;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.ZooType;
import org.gazecheck.network.Architecture;

/**
 * The published ResNets (He et al. 2015, and torchvision's v1.5) for users of DL4J's zoo, whose own {@code ResNet50} has
 * a max pooling where the published network averages over the whole map. Batch norm is folded: convolutions have biases.
 */
public final class PublishedResNet extends ZooModel<ComputationGraph> {
    private static final int SIDE = 224;

    private final Architecture architecture;
    private final int classes;
    private final long seed;
    private int[] inputShape = {3, SIDE, SIDE};

    /** @param seed of the random weights that {@link #init} gives */
    public PublishedResNet(Architecture architecture, int classes, long seed) {
        this.architecture = architecture;
        this.classes = classes;
        this.seed = seed;
    }

    /** With random weights. The graph takes images [n, 3, h, w] of any size. */
    @Override
    @SuppressWarnings("unchecked")
    public <M extends Model> M init() {
        return (M) Dl4jGraphs.random(architecture, classes, seed);
    }

    /** @throws UnsupportedOperationException always: weights come as a file, not from the zoo's server */
    @Override
    public <M extends Model> M initPretrained(PretrainedType type) {
        throw new UnsupportedOperationException("The zoo has no weights for " + architecture.name()
                + ": take a .safetensors or .pth file in torchvision's naming, read it with ResNets.load, and render it"
                + " with Dl4jGraphs.classifier");
    }

    @Override
    public String modelName() {
        return architecture.name();
    }

    @Override
    public void setInputShape(int[][] shape) {
        inputShape = shape[0].clone();
    }

    @Override
    public ModelMetaData metaData() {
        return new ModelMetaData(new int[][] {inputShape.clone()}, 1, ZooType.CNN);
    }

    @Override
    public Class<? extends Model> modelType() {
        return ComputationGraph.class;
    }

    @Override
    public String pretrainedUrl(PretrainedType type) {
        return null;
    }

    @Override
    public long pretrainedChecksum(PretrainedType type) {
        return 0;
    }
}
