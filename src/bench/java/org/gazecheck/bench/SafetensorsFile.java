package org.gazecheck.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.FoldedConvolution;

/** A network's weights in torchvision's naming, with batch norms that change nothing but the bias. */
final class SafetensorsFile {
    private static final float EPSILON = 1e-5f;

    private SafetensorsFile() {}

    static void write(BuiltInNetwork network, Path file) throws IOException {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        Map<String, Object> header = new LinkedHashMap<>();
        for (Convolution c : network.architecture().convolutions()) {
            FoldedConvolution folded = network.convolutions().get(c.name());
            add(tensors, header, c.name() + ".weight", folded.kernel(), c.out(), c.in(), c.kernel(), c.kernel());
            String norm = c.name().endsWith("downsample.0")
                    ? c.name().replaceFirst("0$", "1")
                    : c.name().replaceFirst("conv(\\d)$", "bn$1");
            add(tensors, header, norm + ".weight", constant(c.out(), 1), c.out());
            add(tensors, header, norm + ".bias", folded.bias(), c.out());
            add(tensors, header, norm + ".running_mean", constant(c.out(), 0), c.out());
            add(tensors, header, norm + ".running_var", constant(c.out(), 1 - EPSILON), c.out());
        }
        byte[] json = new ObjectMapper().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(little(Long.BYTES).putLong(json.length).array());
            out.write(json);
            for (float[] values : tensors.values()) {
                ByteBuffer bytes = little(Float.BYTES * values.length);
                bytes.asFloatBuffer().put(values);
                out.write(bytes.array());
            }
        }
    }

    private static void add(
            Map<String, float[]> tensors, Map<String, Object> header, String name, float[] values, int... shape) {
        long from = (long) Float.BYTES
                * tensors.values().stream().mapToLong(t -> t.length).sum();
        tensors.put(name, values);
        header.put(name, Map.of("dtype", "F32", "shape", shape, "data_offsets", new long[] {
            from, from + Float.BYTES * values.length
        }));
    }

    private static float[] constant(int n, float value) {
        float[] values = new float[n];
        Arrays.fill(values, value);
        return values;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
