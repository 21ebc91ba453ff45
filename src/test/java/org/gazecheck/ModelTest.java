package org.gazecheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.gazecheck.Prediction.Candidate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
    @TempDir
    private static Path folder;

    private static Path model;
    private static Path image;

    @BeforeAll
    static void export() throws IOException {
        model = TinyModel.export(folder);
        image = TinyModel.image(folder.resolve("image.png"), 1);
    }

    @Test
    void aPredictionRanksEveryClass() throws IOException {
        try (Model loaded = Model.load(model)) {
            assertEquals(TinyModel.CLASSES, loaded.classes());
            Prediction prediction = loaded.predict(image);
            List<Candidate> candidates = prediction.candidates();
            assertEquals(
                    Set.copyOf(TinyModel.CLASSES),
                    candidates.stream().map(Candidate::name).collect(Collectors.toSet()));
            assertEquals(
                    1, candidates.stream().mapToDouble(Candidate::probability).sum(), 1e-6);
            assertTrue(candidates.get(0).probability() >= candidates.get(1).probability());
            assertTrue(candidates.get(1).probability() >= candidates.get(2).probability());
            assertEquals(candidates.get(0), prediction.best());
            assertEquals(
                    TinyModel.CLASSES.get(prediction.best().index()),
                    prediction.best().name());
            assertEquals(prediction, loaded.predict(Files.readAllBytes(image)));
        }
    }

    @Test
    void aHeatmapExplainsThePredictedClassOrTheOneThatIsNamed() throws IOException {
        try (Model loaded = Model.load(model)) {
            Candidate best = loaded.predict(image).best();
            Heatmap heatmap = loaded.explain(image);
            assertEquals(best.name(), heatmap.target());
            assertEquals(4, heatmap.height());
            assertEquals(4, heatmap.width());
            assertEquals(heatmap.values()[6], heatmap.at(1, 2));
            for (String target : List.of(best.name(), Integer.toString(best.index()))) {
                Heatmap same = loaded.explain(image, target);
                assertEquals(best.name(), same.target());
                assertEquals(heatmap.at(3, 3), same.at(3, 3));
            }
            assertThrows(IllegalArgumentException.class, () -> loaded.explain(image, "oak"));
        }
    }

    @Test
    void severalThreadsGetWhatOneGets() throws Exception {
        List<Path> images = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            images.add(TinyModel.image(folder.resolve("many/" + i + ".png"), i));
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (Model loaded = Model.load(model)) {
            List<Callable<Prediction>> work = new ArrayList<>();
            List<Prediction> expected = new ArrayList<>();
            for (Path each : images) {
                expected.add(loaded.predict(each));
                work.add(() -> loaded.predict(each));
            }
            List<Prediction> found = new ArrayList<>();
            for (Future<Prediction> each : pool.invokeAll(work)) {
                found.add(each.get());
            }
            assertEquals(expected, found);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whatCannotBeDoneIsTold() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "no image");
        IOException noModel = assertThrows(IOException.class, () -> Model.load(folder));
        assertTrue(noModel.getMessage().contains("is no run folder"), noModel.getMessage());
        Model loaded = Model.load(model);
        assertThrows(IOException.class, () -> loaded.predict(text));
        assertThrows(IOException.class, () -> loaded.predict(folder.resolve("missing.jpg")));
        loaded.close();
        loaded.close();
        assertThrows(IllegalStateException.class, () -> loaded.predict(image));
    }
}
