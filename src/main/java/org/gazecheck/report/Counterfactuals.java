package org.gazecheck.report;

import java.io.IOException;
import java.util.List;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.results.Counterfactual;

/**
 * Pictures that interventions made.
 *
 * @param pictures may be empty
 * @param source of their files
 */
public record Counterfactuals(List<Counterfactual> pictures, Source source) {
    /** A run whose interventions left no pictures. */
    public static final Counterfactuals NONE = new Counterfactuals(List.of(), name -> {
        throw new GazecheckException("no picture " + name);
    });

    public Counterfactuals {
        pictures = List.copyOf(pictures);
    }

    /** Where the report takes the pictures from. */
    @FunctionalInterface
    public interface Source {
        /** The file of one picture, by its name in {@code counterfactuals.csv}. */
        byte[] jpeg(String name) throws IOException;
    }
}
