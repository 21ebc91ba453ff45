package org.gazecheck.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.gazecheck.ReferenceData;
import org.gazecheck.image.CmykFiles;
import org.gazecheck.image.Framing;
import org.gazecheck.image.IccProfiles;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Jpeg;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.image.WebpFiles;
import org.gazecheck.network.engine.Engines;
import org.gazecheck.network.weights.ResNets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same photographs in other formats, seen by the published ResNet-50. */
@Tag("reference")
class FormatParityTest {
    private static final String[] IMAGES = {"06734", "00001", "05087", "03095"};

    /** What lossy WebP at 80 and 90 turns: this photograph's two best logits differ by 0.17 only. */
    private static final String NEAR = "06734";

    private final ImageDecoder decoder = new ImageDecoder(100_000_000);

    @Test
    void theTopClassIsThatOfThePlainFile() throws IOException {
        Map<String, Integer> turned = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        BuiltInNetwork network = ResNets.load(ReferenceData.path("weights/resnet50.safetensors"));
        try (InferenceSession session = Engines.open(network, InferencePlan.fromImage(Tap.LOGITS), Engine.ONNX, 0)) {
            for (String number : IMAGES) {
                RgbImage plain = decoder.decode(ReferenceData.path("golden/resnet50/images/image_" + number + ".jpg"));
                int expected = top(session, network, plain);
                for (Map.Entry<String, byte[]> file : files(plain).entrySet()) {
                    if (top(session, network, decoder.decode(file.getValue())) != expected) {
                        turned.merge(file.getKey(), 1, Integer::sum);
                        if (!number.equals(NEAR) || !file.getKey().startsWith("lossy")) {
                            wrong.add(number + " " + file.getKey());
                        }
                    }
                }
            }
        }
        assertTrue(wrong.isEmpty(), wrong.toString());
    }

    private static Map<String, byte[]> files(RgbImage plain) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("lossless WebP", WebpFiles.of(plain, WebpFiles.LOSSLESS));
        files.put("lossy WebP 80", WebpFiles.of(plain, 80));
        files.put("lossy WebP 90", WebpFiles.of(plain, 90));
        files.put("16-bit PNG", deep(plain, "png"));
        files.put("16-bit TIFF", deep(plain, "tiff"));
        files.put("Display P3 JPEG", profiled(plain, IccProfiles.P3, 0));
        files.put("CMYK JPEG", inks(plain));
        files.put("Adobe RGB JPEG", profiled(plain, IccProfiles.ADOBE, 563 / 256.0));
        return files;
    }

    private static byte[] profiled(RgbImage image, double[][] primaries, double gamma) {
        return IccProfiles.inJpeg(
                Jpeg.encode(IccProfiles.stored(primaries, gamma, image), 0.98f), IccProfiles.rgb(primaries, gamma));
    }

    /** 16 bits a channel whose upper 8 are the image. */
    private static byte[] deep(RgbImage image, String format) throws IOException {
        ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, image.width(), image.height(), 3, null);
        int[] samples = new int[image.rgb().length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (image.rgb()[i] & 0xff) * 256 + i % 256;
        }
        raster.setPixels(0, 0, image.width(), image.height(), samples);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(new BufferedImage(colours, raster, false, null), format, out));
        return out.toByteArray();
    }

    private static byte[] inks(RgbImage image) throws IOException {
        double gamma = 563 / 256.0;
        byte[] stored = IccProfiles.stored(IccProfiles.ADOBE, gamma, image).rgb();
        byte[] inks = new byte[image.width() * image.height() * 4];
        for (int i = 0; i < inks.length / 4; i++) {
            for (int c = 0; c < 3; c++) {
                inks[i * 4 + c] = (byte) (255 - (stored[i * 3 + c] & 0xff));
            }
        }
        return IccProfiles.inJpeg(
                CmykFiles.jpeg(image.width(), image.height(), inks), IccProfiles.inks(IccProfiles.ADOBE, gamma));
    }

    private static int top(InferenceSession session, BuiltInNetwork network, RgbImage image) {
        float[] input = new float[3 * 224 * 224];
        network.normalisation()
                .write(Framing.frame(image, Preprocessing.torchvision(network.normalisation())), input, 0);
        float[] logits =
                session.run(Tensor.of(input, 1, 3, 224, 224)).get(Tap.LOGITS).data();
        int top = 0;
        for (int i = 1; i < 1000; i++) {
            top = logits[i] > logits[top] ? i : top;
        }
        return top;
    }
}
