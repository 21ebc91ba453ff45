package org.gazecheck.results;

import com.opencsv.CSVReader;
import com.opencsv.exceptions.CsvException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.io.AtomicFile;

/** {@code train.csv}: one line an epoch. */
public final class EpochsFile {
    private static final String HEADER = "epoch,trainLoss,valLoss,valTop1,learningRate,seconds,best";

    private EpochsFile() {}

    /** Replaces the file by these epochs. */
    public static void write(Path file, List<Epoch> epochs) throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Epoch epoch : epochs) {
            text.append(epoch.epoch())
                    .append(',')
                    .append(epoch.trainLoss())
                    .append(',')
                    .append(epoch.valLoss())
                    .append(',')
                    .append(epoch.valTop1())
                    .append(',')
                    .append(epoch.learningRate())
                    .append(',')
                    .append(epoch.seconds())
                    .append(',')
                    .append(epoch.best())
                    .append('\n');
        }
        AtomicFile.write(file, text.toString());
    }

    public static List<Epoch> read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file);
                CSVReader csv = new CSVReader(reader)) {
            List<String[]> lines = csv.readAll();
            if (lines.isEmpty() || !String.join(",", lines.get(0)).equals(HEADER)) {
                throw new IOException(file + " does not begin with " + HEADER);
            }
            List<Epoch> epochs = new ArrayList<>();
            for (String[] line : lines.subList(1, lines.size())) {
                epochs.add(epoch(line));
            }
            return epochs;
        } catch (CsvException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static Epoch epoch(String[] line) {
        return new Epoch(
                Integer.parseInt(line[0]),
                Double.parseDouble(line[1]),
                Double.parseDouble(line[2]),
                Double.parseDouble(line[3]),
                Double.parseDouble(line[4]),
                Double.parseDouble(line[5]),
                Boolean.parseBoolean(line[6]));
    }
}
