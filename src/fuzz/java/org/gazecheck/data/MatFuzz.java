package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import org.gazecheck.fuzz.Scratch;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;

/** Input: a file of MATLAB with the variable labels. */
public final class MatFuzz {
    private MatFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        try {
            MatFile.read(Scratch.file("labels.mat", data), "labels");
        } catch (DataException expected) {
            // told in one line
        }
    }

    public static byte[][] seeds() throws IOException {
        return new byte[][] {seed(Deflater.NO_COMPRESSION), seed(Deflater.BEST_COMPRESSION)};
    }

    private static byte[] seed(int level) throws IOException {
        Matrix labels = Mat5.newMatrix(2, 3);
        labels.setInt(3, 102);
        Path file = Scratch.file("seed.mat", new byte[0]);
        try (var sink = Sinks.newStreamingFile(file.toFile())) {
            Mat5.newWriter(sink)
                    .setDeflateLevel(level)
                    .writeMat(Mat5.newMatFile().addArray("labels", labels));
        }
        return Files.readAllBytes(file);
    }
}
