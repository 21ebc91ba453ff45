package org.gazecheck.network.dl4j;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.gazecheck.image.Normalisation;
import org.gazecheck.io.Printable;
import org.gazecheck.network.WeightsException;

/**
 * The normaliser that was saved along with an archive ({@code normalizer.bin}, of ND4J's {@code NormalizerSerializer}): the
 * text "NORMALIZER", the version 1, the name of a kind, and that kind's numbers. Read here without ND4J, whose own reader makes
 * objects of the classes that a file names.
 *
 * @param kind as ND4J's class is called
 * @param mean in the network's own order of channels, or one for all; taken off values in 0..1
 * @param std as many
 */
public record ArchiveNormaliser(String kind, double[] mean, double[] std) {
    private static final String ENTRY = "normalizer.bin";
    private static final String SERIALISED = "preprocessor.bin";
    private static final String HEADER = "NORMALIZER";
    private static final int VERSION = 1;
    private static final long LARGEST = 16 << 20;
    private static final int LONGEST_SHAPE = 64;
    private static final int WHITE = 255;
    private static final int COLOURS = 3;
    private static final String REMEDY =
            ": say what images become by --preprocessing (external.preprocessing), or --mean and"
                    + " --std, which count more than what the archive holds";

    /**
     * Empty where the archive holds none.
     *
     * @throws WeightsException if it holds one that cannot be used, or the file is damaged
     */
    public static Optional<ArchiveNormaliser> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException("no model at " + file);
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry(SERIALISED) != null) {
                throw new WeightsException("it holds its normaliser as a serialised Java object (" + SERIALISED
                        + "), which is not opened" + REMEDY);
            }
            return zip.getEntry(ENTRY) == null
                    ? Optional.empty()
                    : Optional.of(of(ModelArchive.entry(zip, ENTRY, LARGEST)));
        } catch (IOException | RuntimeException e) {
            throw new WeightsException(file + ": " + Printable.of(String.valueOf(e.getMessage())), e);
        }
    }

    private static ArchiveNormaliser of(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (!in.readUTF().equals(HEADER)) {
                throw unreadable("does not begin as one");
            }
            int version = in.readInt();
            if (version != VERSION) {
                throw unreadable("is of version " + version + ", and version " + VERSION + " is known");
            }
            String kind = in.readUTF();
            ArchiveNormaliser read =
                    switch (kind) {
                        case "IMAGE_MIN_MAX" -> scaler(in);
                        case "STANDARDIZE" -> standardise(in);
                        case "MIN_MAX" -> minMax(in);
                        default ->
                            throw new WeightsException("its normaliser is of the kind " + Printable.of(kind)
                                    + ", where ImagePreProcessingScaler, NormalizerStandardize and NormalizerMinMaxScaler are"
                                    + " used" + REMEDY);
                    };
            read.check();
            return read;
        } catch (IOException e) {
            throw e instanceof WeightsException ? e : unreadable("is damaged or ends early");
        }
    }

    private static WeightsException unreadable(String why) {
        return new WeightsException("its " + ENTRY + " " + why + REMEDY);
    }

    /** {@code x / most (high - low) + low}. */
    private static ArchiveNormaliser scaler(DataInputStream in) throws IOException {
        double low = in.readDouble();
        double high = in.readDouble();
        double most = in.readDouble();
        double factor = WHITE / most * (high - low);
        return new ArchiveNormaliser(
                "ImagePreProcessingScaler", new double[] {-low / factor}, new double[] {1 / factor});
    }

    /** {@code (x - mean) / std} of each channel; a standard deviation of 0 counts as 1. */
    private static ArchiveNormaliser standardise(DataInputStream in) throws IOException {
        in.readBoolean();
        double[] mean = array(in);
        double[] std = array(in);
        requireChannels(mean, std);
        for (int c = 0; c < mean.length; c++) {
            mean[c] /= WHITE;
            std[c] = (std[c] == 0 ? 1 : std[c]) / WHITE;
        }
        return new ArchiveNormaliser("NormalizerStandardize", mean, std);
    }

    /** {@code (x - min) / (max - min) (high - low) + low} of each channel. */
    private static ArchiveNormaliser minMax(DataInputStream in) throws IOException {
        in.readBoolean();
        double low = in.readDouble();
        double high = in.readDouble();
        double[] min = array(in);
        double[] max = array(in);
        requireChannels(min, max);
        double[] mean = new double[min.length];
        double[] std = new double[min.length];
        for (int c = 0; c < mean.length; c++) {
            double factor = WHITE * (high - low) / (max[c] - min[c]);
            mean[c] = min[c] / WHITE - low / factor;
            std[c] = 1 / factor;
        }
        return new ArchiveNormaliser("NormalizerMinMaxScaler", mean, std);
    }

    private static void requireChannels(double[] a, double[] b) throws WeightsException {
        if (a.length != b.length || a.length != 1 && a.length != COLOURS) {
            throw new WeightsException("its normaliser holds " + a.length + " and " + b.length
                    + " numbers, where images have 3 channels, or 1 of grey" + REMEDY);
        }
    }

    /** A vector as ND4J writes arrays; see {@link Coefficients}. */
    private static double[] array(DataInputStream in) throws IOException {
        in.readUTF();
        long shape = in.readLong();
        if (shape < 1 || shape > LONGEST_SHAPE || !in.readUTF().equals("LONG")) {
            throw unreadable("holds no ND4J array where one is expected");
        }
        in.skipNBytes(Long.BYTES * shape);
        in.readUTF();
        long length = in.readLong();
        String type = in.readUTF();
        boolean single = type.equals("FLOAT");
        if (!single && !type.equals("DOUBLE") || length < 0 || length > in.available() / Float.BYTES) {
            throw unreadable(
                    "holds " + length + " numbers of type " + Printable.of(type) + " in " + in.available() + " bytes");
        }
        double[] numbers = new double[(int) length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = single ? in.readFloat() : in.readDouble();
        }
        return numbers;
    }

    private void check() throws WeightsException {
        for (int c = 0; c < mean.length; c++) {
            if (!Double.isFinite(mean[c]) || !Double.isFinite(std[c]) || std[c] <= 0) {
                throw unreadable("gives a mean of " + mean[c] + " and a standard deviation of " + std[c]
                        + ", by which nothing can be divided");
            }
        }
    }

    /** @param blueFirst the network's order of channels */
    public Normalisation normalisation(boolean blueFirst) {
        float[] means = new float[COLOURS];
        float[] stds = new float[COLOURS];
        for (int c = 0; c < COLOURS; c++) {
            int own = mean.length == 1 ? 0 : blueFirst ? COLOURS - 1 - c : c;
            means[c] = (float) mean[own];
            stds[c] = (float) std[own];
        }
        return new Normalisation(means, stds);
    }
}
