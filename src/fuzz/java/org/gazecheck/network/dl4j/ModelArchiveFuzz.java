package org.gazecheck.network.dl4j;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.gazecheck.fuzz.Scratch;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.Block;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.WeightsException;

/**
 * Input: an archive (it begins with PK), or one entry of a sound archive, after a byte that says which: 0 the description,
 * 1 the coefficients, 2 the scales.
 */
public final class ModelArchiveFuzz {
    private static final List<String> ENTRIES = List.of("gazecheck.json", "coefficients.bin", "gazecheck-scales.bin");

    private ModelArchiveFuzz() {}

    /** Before the clock of the first input runs: what is loaded once can take longer than an input may. */
    public static void fuzzerInitialize() throws IOException {
        for (byte[] seed : seeds()) {
            fuzzerTestOneInput(seed);
        }
    }

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        boolean zip = data.length > 1 && data[0] == 'P' && data[1] == 'K';
        if (!zip && data.length == 0) {
            return;
        }
        try {
            ModelArchive.read(Scratch.file("model.zip", zip ? data : with(data)));
        } catch (WeightsException expected) {
            // told in one line
        }
    }

    public static byte[][] seeds() throws IOException {
        byte[][] seeds = new byte[ENTRIES.size() + 1][];
        for (int i = 0; i < ENTRIES.size(); i++) {
            byte[] entry = Sound.ENTRIES.get(ENTRIES.get(i));
            seeds[i] = new byte[entry.length + 1];
            seeds[i][0] = (byte) i;
            System.arraycopy(entry, 0, seeds[i], 1, entry.length);
        }
        seeds[ENTRIES.size()] = zip("", new byte[0]);
        return seeds;
    }

    private static byte[] with(byte[] data) throws IOException {
        return zip(ENTRIES.get((data[0] & 0xff) % ENTRIES.size()), Arrays.copyOfRange(data, 1, data.length));
    }

    private static byte[] zip(String replaced, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(1);
            for (Map.Entry<String, byte[]> entry : Sound.ENTRIES.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getKey().equals(replaced) ? content : entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** The entries of a small archive. */
    private static final class Sound {
        private static final Map<String, byte[]> ENTRIES = entries();

        private static Map<String, byte[]> entries() {
            try {
                Path file = Scratch.file("sound.zip", new byte[0]);
                Files.delete(file);
                ArchiveInfo info = new ArchiveInfo(
                        List.of("a", "b", "c"), Preprocessing.at(32, Normalisation.TORCHVISION), Map.of("Seed", "1"));
                ModelArchive.write(file, TinyNetworks.linear(Block.BASIC, 1), info);
                Map<String, byte[]> entries = new TreeMap<>();
                try (ZipFile zip = new ZipFile(file.toFile())) {
                    for (ZipEntry entry : Collections.list(zip.entries())) {
                        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                    }
                }
                return entries;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
