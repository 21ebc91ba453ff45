package org.gazecheck.report;

import java.io.IOException;
import java.util.List;
import org.gazecheck.results.ExchangedPicture;

/**
 * Pictures that interventions made.
 *
 * @param pictures may be empty
 * @param source of their files
 */
public record Exchanges(List<ExchangedPicture> pictures, Source source) {
    /** A run whose interventions left no pictures. */
    public static final Exchanges NONE = new Exchanges(List.of(), name -> {
        throw new IOException("no picture " + name);
    });

    public Exchanges {
        pictures = List.copyOf(pictures);
    }

    /** Where the report takes the pictures from. */
    @FunctionalInterface
    public interface Source {
        /** The file of one picture, by its name in {@code exchanged.csv}. */
        byte[] jpeg(String name) throws IOException;
    }
}
