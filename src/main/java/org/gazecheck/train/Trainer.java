package org.gazecheck.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.gazecheck.config.Computation;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.Identities;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.config.TrainSettings.Recipe;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.KeptImages;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Tap;
import org.gazecheck.network.dl4j.TrainableNetwork;
import org.gazecheck.network.engine.Engines;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Split;
import org.gazecheck.store.ShardRepair;
import org.gazecheck.store.Table;
import org.jspecify.annotations.Nullable;

/** Trains as the configuration's recipe says: a linear probe on frozen features, then back-propagation from a stage on. */
public final class Trainer {
    private static final long DECODED_BYTES = 512L << 20;

    private final TrainingInputs inputs;
    private final Configuration configuration;
    private final FrozenPass.Sessions sessions;
    private final Progress progress;
    private final Engine engine;
    private final Preprocessing preprocessing;
    private final TrainingViews views;
    private final KeptImages<RgbImage> originals;
    private final List<Dataset.Item> train;
    private final List<Dataset.Item> val;

    Trainer(TrainingInputs inputs, FrozenPass.Sessions sessions, Progress progress) {
        this.inputs = inputs;
        this.configuration = inputs.configuration();
        this.sessions = sessions;
        this.progress = progress;
        this.engine = Engine.of(configuration.compute().inference());
        this.preprocessing =
                Preprocessing.at(configuration.model().size(), inputs.backbone().normalisation());
        this.views = new TrainingViews(
                configuration.train().views(),
                preprocessing,
                inputs.randomness(),
                Identities.CURRENT.of(configuration, Computation.VIEWS));
        this.originals = new KeptImages<>(
                configuration.train().recipe() == Recipe.FINETUNE && keptStage().isEmpty() ? DECODED_BYTES : 0,
                item -> inputs.dataset().images().load(item.path()),
                image -> image.rgb().length);
        this.train = inputs.dataset().of(Split.TRAIN);
        this.val = inputs.dataset().of(Split.VAL);
    }

    /**
     * Trains, going on from the latest checkpoint of the same recipe and inputs.
     *
     * @param listeners DL4J's, called during fine-tuning
     * @throws DivergedException with advice, when the loss runs away
     */
    public static TrainedModel train(TrainingInputs inputs, Progress progress, TrainingListener... listeners)
            throws IOException {
        ComputeSettings compute = inputs.configuration().compute();
        Engine engine = Engine.of(compute.inference());
        return train(
                inputs, plan -> Engines.open(inputs.backbone(), plan, engine, compute.threads()), progress, listeners);
    }

    static TrainedModel train(
            TrainingInputs inputs, FrozenPass.Sessions sessions, Progress progress, TrainingListener... listeners)
            throws IOException {
        return new Trainer(inputs, sessions, progress).run(listeners);
    }

    private TrainedModel run(TrainingListener... listeners) throws IOException {
        if (train.isEmpty() || val.isEmpty()) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA,
                    "training needs images in train and in val: there are " + train.size() + " and " + val.size());
        }
        checkStage();
        Optional<String> stage = keptStage();
        try (Table features = FrozenRows.features(inputs.store(), inputs.backbone(), engine, preprocessing);
                Table activations = stage.isEmpty()
                        ? null
                        : FrozenRows.activations(
                                inputs.store(), inputs.backbone(), engine, preprocessing, stage.get())) {
            List<Table> tables = stage.isEmpty() ? List.of(features) : List.of(features, activations);
            ShardRepair.Rows frozen = () -> computeFrozen(features, activations, stage);
            Probe.Fitted probe = ShardRepair.of(tables, frozen, () -> fit(features));
            BuiltInNetwork probed = inputs.backbone().withHead(probe.head());
            if (configuration.train().recipe() == Recipe.PROBE) {
                return new TrainedModel(probed, probe.chosen(), probe.candidates(), Optional.empty(), false);
            }
            return ShardRepair.of(tables, frozen, () -> finetune(probed, probe, activations, listeners));
        }
    }

    private Probe.Fitted fit(Table features) throws IOException {
        return Probe.fit(
                examples(features, train, probeViews()),
                examples(features, val, List.of(View.PLAIN)),
                inputs.dataset().classes().size(),
                configuration.train().probe(),
                progress);
    }

    private void checkStage() throws IOException {
        String from = configuration.train().finetune().from();
        List<String> stages = inputs.backbone().architecture().stageNames();
        if (configuration.train().recipe() == Recipe.FINETUNE
                && !from.equals(TrainableNetwork.ALL)
                && !stages.contains(from)) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    "train.finetune.from is '" + from + "', but "
                            + inputs.backbone().architecture().name() + " has " + stages
                            + ": take one of these, or 'all'");
        }
    }

    /** The stage whose activations are kept for the fine-tuning; none where it starts from the image. */
    private Optional<String> keptStage() {
        if (configuration.train().recipe() == Recipe.PROBE) {
            return Optional.empty();
        }
        List<String> stages = inputs.backbone().architecture().stageNames();
        int first = stages.indexOf(configuration.train().finetune().from());
        return first <= 0 ? Optional.empty() : Optional.of(stages.get(first - 1));
    }

    List<View> probeViews() {
        TrainSettings.Views kept = configuration.train().views();
        return View.list(kept.mirror(), kept.crops());
    }

    private List<View> finetuningViews() {
        return View.list(false, configuration.train().finetune().views());
    }

    void computeFrozen(Table features, @Nullable Table activations, Optional<String> stage) throws IOException {
        FrozenPass.Output pooled = new FrozenPass.Output(Tap.FEATURES, features);
        List<FrozenPass.Wanted> wanted = new ArrayList<>(wanted(pooled, probeViews()));
        if (stage.isPresent() && activations != null) {
            FrozenPass.Output kept = new FrozenPass.Output(new Tap.Activations(stage.get()), activations);
            List<FrozenPass.Wanted> rows = wanted(kept, finetuningViews());
            List<String> keys = rows.stream()
                    .map(w -> views.key(w.item(), w.view()))
                    .distinct()
                    .toList();
            FrozenRows.checkSpace(
                    keys.size(),
                    activations.missing(keys),
                    activations.rowLength(),
                    configuration.train().finetune().diskLimit(),
                    configuration.cache());
            wanted.addAll(rows);
        }
        new FrozenPass(originals, views, sessions, configuration.compute().batch()).run(wanted, progress);
    }

    private List<FrozenPass.Wanted> wanted(FrozenPass.Output output, List<View> ofTrain) {
        List<FrozenPass.Wanted> wanted = new ArrayList<>();
        for (Dataset.Item item : train) {
            ofTrain.forEach(view -> wanted.add(new FrozenPass.Wanted(item, view, output)));
        }
        val.forEach(item -> wanted.add(new FrozenPass.Wanted(item, View.PLAIN, output)));
        return wanted;
    }

    Probe.Examples examples(Table features, List<Dataset.Item> items, List<View> of) {
        int[] labels = new int[Math.multiplyExact(items.size(), of.size())];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = items.get(row / of.size()).label();
        }
        FeatureRows rows = (row, out, offset) -> {
            String key = views.key(items.get(row / of.size()), of.get(row % of.size()));
            features.read(key, out, offset);
        };
        return new Probe.Examples(rows, features.rowLength(), labels);
    }

    private TrainedModel finetune(
            BuiltInNetwork probed, Probe.Fitted probe, @Nullable Table activations, TrainingListener... listeners)
            throws IOException {
        TrainSettings.Finetune recipe = configuration.train().finetune();
        TrainableNetwork network = TrainableNetwork.from(probed, recipe.from());
        network.graph().setListeners(listeners);
        BatchSource source = source(network.input(), activations);
        Batches batches = new Batches(source, recipe, inputs.dataset().classes().size(), inputs.randomness());
        Finetuner.Result result = new Finetuner(
                        network,
                        source,
                        recipe,
                        batches,
                        new Checkpoint(inputs.folder().checkpoints(), identity(probed)),
                        inputs.folder().epochs(),
                        progress)
                .train();
        boolean better = result.score().betterThan(probe.chosen().val());
        TrainedModel.Finetuning finetuning =
                new TrainedModel.Finetuning(result.bestEpoch(), result.epochs().size(), result.score());
        return new TrainedModel(
                better ? network.toBuiltIn() : probed,
                probe.chosen(),
                probe.candidates(),
                Optional.of(finetuning),
                better);
    }

    private BatchSource source(String input, @Nullable Table activations) {
        BatchSource all = ofAll(input, activations);
        if (inputs.variants().isEmpty()) {
            return all;
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < train.size(); i++) {
            places.put(train.get(i).path(), i);
        }
        Set<String> variants = inputs.variants().values().stream()
                .flatMap(List::stream)
                .map(Dataset.Item::path)
                .collect(Collectors.toSet());
        List<Dataset.Item> base =
                train.stream().filter(item -> !variants.contains(item.path())).toList();
        List<int[]> choices = base.stream()
                .map(item -> Stream.concat(
                                Stream.of(item), inputs.variants().getOrDefault(item.path(), List.of()).stream())
                        .mapToInt(each -> Objects.requireNonNull(places.get(each.path())))
                        .toArray())
                .toList();
        return new VariedImages(all, base, choices, inputs.randomness());
    }

    private BatchSource ofAll(String input, @Nullable Table activations) {
        if (activations == null) {
            return new FreshImages(originals, train, val, views);
        }
        int[] shape = inputs.backbone().architecture().outputShape(input, preprocessing.crop());
        return new CachedActivations(activations, shape, train, val, finetuningViews(), views, inputs.randomness());
    }

    /** Changes with everything that the fine-tuning's numbers depend on, but for the machine. */
    private String identity(BuiltInNetwork start) {
        StringBuilder text = new StringBuilder();
        text.append(Identities.CURRENT.of(configuration, Computation.FINETUNE)).append('\n');
        text.append(start.hash()).append('\n').append(preprocessing.identity()).append('\n');
        new TreeMap<>(inputs.variants())
                .forEach((path, of) -> of.forEach(variant ->
                        text.append(path).append(" or ").append(variant.path()).append('\n')));
        for (Dataset.Item item : inputs.dataset().items()) {
            text.append(item.split()).append(' ').append(item.label()).append(' ');
            text.append(item.sha256()).append(' ').append(item.path()).append('\n');
        }
        return Hashes.sha256(text.toString());
    }
}
