package org.gazecheck.network.onnx.external;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.ExternalRequest.Order;
import org.gazecheck.network.Network;
import org.gazecheck.network.UnknownLayerException;
import org.gazecheck.network.dl4j.SmallArchives;
import org.gazecheck.network.engine.ExternalNetworks;
import org.gazecheck.network.engine.TrialTerms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of strangers are tried in a process of their own. */
@Tag("slow")
class TrialTest {
    private static final int CLASSES = 4;
    private static final int SIDE = 24;

    @TempDir
    private Path folder;

    private TrialTerms terms(int megabytes, int seconds) {
        return new TrialTerms(Optional.of(folder.resolve("trials")), megabytes, seconds, 4, 1);
    }

    private static ExternalRequest request(Path model) {
        return new ExternalRequest(model, CLASSES, SIDE, Order.AUTO, false, null);
    }

    private long passed() throws IOException {
        if (!Files.exists(folder.resolve("trials"))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder.resolve("trials"))) {
            return files.count();
        }
    }

    private static GazecheckException refused(Path model, TrialTerms terms) {
        GazecheckException e =
                assertThrows(GazecheckException.class, () -> ExternalNetworks.read(request(model), terms));
        assertEquals(1, e.getMessage().lines().count());
        return e;
    }

    @Test
    void aSoundModelPassesOnce() throws IOException {
        Path model = ExternalModels.classifier(folder.resolve("sound.onnx"), CLASSES, null);

        for (int i = 0; i < 2; i++) {
            Network network = ExternalNetworks.read(request(model), terms(1024, 60));
            assertEquals(CLASSES, network.classes());
            assertEquals(1, passed());
        }
        ExternalNetworks.read(request(model), terms(2048, 60));
        assertEquals(2, passed(), "other terms, another trial");
    }

    @Test
    void anArchiveOfDeeplearning4jIsTriedToo() throws IOException {
        Path archive = SmallArchives.write(folder.resolve("sound.zip"), SIDE, CLASSES);
        assertEquals(
                CLASSES,
                ExternalNetworks.read(request(archive), terms(4096, 60)).classes());
        assertEquals(1, passed());
    }

    @Test
    void whatDoublesInSizeAgainAndAgainIsEndedAtItsLimit() throws IOException {
        GazecheckException e = refused(doubling(28), terms(1024, 120));

        assertTrue(e.getMessage().contains("1024 MB"), e.getMessage());
        assertTrue(e.getMessage().contains("external.trialMemory"), e.getMessage());
        assertEquals(0, passed());
    }

    @Test
    void whatIsLargeBesideTheImageIsEndedToo() throws IOException {
        ExternalModels models = new ExternalModels();
        models.integers("size", 1L << 29);
        models.node(ExternalModels.node("ConstantOfShape", "zeros", "size"));
        models.node(ExternalModels.node("Exp", "ones", "zeros"));
        models.node(ExternalModels.node("Exp", "more", "ones"));
        models.node(ExternalModels.node("ReduceMin", "one", "more"));
        models.node(ExternalModels.node("Mul", "scaled", "x", "one"));
        models.body(CLASSES, null, "scaled");
        GazecheckException e = refused(models.write(folder.resolve("constant.onnx"), 13, 0, 3, 0, 0), terms(1024, 120));

        assertTrue(e.getMessage().contains("1024 MB"), e.getMessage());
    }

    @Test
    void whatDoesNotEndInTimeIsEnded() throws IOException {
        ExternalModels models = new ExternalModels();
        String last = "x";
        for (int i = 0; i < 400; i++) {
            models.weights("slow" + i, new float[3 * 3 * 21 * 21], 3, 3, 21, 21);
            models.node(ExternalModels.node("Conv", "c" + i, last, "slow" + i)
                    .addAttribute(onnx.Onnx.AttributeProto.newBuilder()
                            .setName("auto_pad")
                            .setType(onnx.Onnx.AttributeProto.AttributeType.STRING)
                            .setS(org.nd4j.shade.protobuf.ByteString.copyFromUtf8("SAME_UPPER"))));
            last = "c" + i;
        }
        models.body(CLASSES, null, last);
        Path model = models.write(folder.resolve("slow.onnx"), 13, 0, 3, 0, 0);
        ExternalRequest large = new ExternalRequest(model, CLASSES, 1024, Order.AUTO, false, null);
        GazecheckException e =
                assertThrows(GazecheckException.class, () -> ExternalNetworks.read(large, terms(4096, 3)));

        assertTrue(e.getMessage().contains("did not end within 3 s"), e.getMessage());
        assertTrue(e.getMessage().contains("external.trialSeconds"), e.getMessage());
    }

    @Test
    void whatTheReaderRefusesIsToldInItsOwnWords() throws IOException {
        Path model = ExternalModels.classifier(folder.resolve("nine.onnx"), 9, null);
        assertTrue(refused(model, terms(1024, 60)).getMessage().contains("the labels name 4 classes"));

        Path sound = ExternalModels.classifier(folder.resolve("sound.onnx"), CLASSES, null);
        ExternalRequest unknown = new ExternalRequest(sound, CLASSES, SIDE, Order.AUTO, false, "no such layer");
        GazecheckException here = assertThrows(UnknownLayerException.class, () -> ExternalNetworks.read(unknown));
        GazecheckException there =
                assertThrows(GazecheckException.class, () -> ExternalNetworks.read(unknown, terms(1024, 60)));
        assertEquals(here.getMessage(), there.getMessage());
        assertEquals(here.kind(), there.kind());
        assertFalse(Files.exists(folder.resolve("trials")));
    }

    @Test
    void aProcessThatIsKilledIsToldAndEndsNothingElse() throws Exception {
        Path model = doubling(20);
        Thread killer = new Thread(() -> {
            while (!Thread.interrupted()) {
                ProcessHandle.current()
                        .children()
                        .filter(TrialTest::isTheTrial)
                        .forEach(ProcessHandle::destroyForcibly);
                Thread.onSpinWait();
            }
        });
        killer.start();
        try {
            GazecheckException e = refused(model, terms(4096, 60));
            assertTrue(e.getMessage().contains("ended with exit code 137, signal 9"), e.getMessage());
        } finally {
            killer.interrupt();
            killer.join();
        }
    }

    /** Not yet while the system is still starting it: that fails in another way. */
    private static boolean isTheTrial(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains("TrialPass");
        } catch (IOException e) {
            return false;
        }
    }

    /** The image beside itself, so many times. */
    private Path doubling(int times) throws IOException {
        ExternalModels models = new ExternalModels();
        String last = "x";
        for (int i = 0; i < times; i++) {
            models.node(ExternalModels.node("Concat", "twice" + i, last, last)
                    .addAttribute(onnx.Onnx.AttributeProto.newBuilder()
                            .setName("axis")
                            .setType(onnx.Onnx.AttributeProto.AttributeType.INT)
                            .setI(2)));
            last = "twice" + i;
        }
        models.body(CLASSES, null, last);
        return models.write(folder.resolve("doubling.onnx"), 13, 0, 3, 0, 0);
    }
}
