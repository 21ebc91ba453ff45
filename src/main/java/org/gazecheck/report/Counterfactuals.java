package org.gazecheck.report;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.results.Counterfactual;
import org.gazecheck.results.CroppedMark;

/**
 * Pictures that interventions made.
 *
 * @param pictures may be empty
 * @param crops what patches and objects are; may be empty
 * @param source of their files
 */
public record Counterfactuals(List<Counterfactual> pictures, List<CroppedMark> crops, Source source) {
    /** A run whose interventions left no pictures. */
    public static final Counterfactuals NONE = new Counterfactuals(List.of(), List.of(), name -> {
        throw new GazecheckException("no picture " + name);
    });

    public Counterfactuals {
        pictures = List.copyOf(pictures);
        crops = List.copyOf(crops);
    }

    /** Names of all files. */
    List<String> files() {
        return Stream.concat(
                        pictures.stream().flatMap(picture -> picture.files().stream()),
                        crops.stream().map(CroppedMark::image))
                .toList();
    }

    /** Where the report takes the pictures from. */
    @FunctionalInterface
    public interface Source {
        /** The file of one picture, by its name in {@code counterfactuals.csv} or {@code crops.csv}. */
        byte[] jpeg(String name) throws IOException;
    }
}
