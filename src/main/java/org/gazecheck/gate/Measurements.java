package org.gazecheck.gate;

import java.util.List;
import java.util.SortedMap;
import org.gazecheck.results.Figure;

/** What rules are applied to: everything measured of one run, and its comparison with the baseline. */
public interface Measurements {
    /** A figure of the {@link Catalogue}; a count has no interval. */
    Measured<Figure> figure(String name);

    /** The figure of each class that has images. */
    Measured<SortedMap<String, Figure>> figureByClass(String name);

    /** The figure beside the baseline's. */
    Measured<BaselineComparison> comparison(String name);

    /** The same of each class that has images in both. */
    Measured<SortedMap<String, BaselineComparison>> comparisonByClass(String name);

    /** The tests under a name of the catalogue, at least one. */
    Measured<List<DriftTest>> drift(String name);

    /** Tonight's findings. @param onlyNew whether it must be known which of them the baseline does not have */
    Measured<List<NightFinding>> findings(boolean onlyNew);
}
