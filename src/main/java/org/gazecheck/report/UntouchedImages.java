package org.gazecheck.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gazecheck.report.page.Page.Untouched;
import org.gazecheck.results.Counterfactual;
import org.gazecheck.results.Prediction;

/** The images that counterfactual images were made of, as they are, by their paths. */
record UntouchedImages(Map<String, Untouched> images) {
    UntouchedImages {
        images = Map.copyOf(images);
    }

    /** Paths of those that have a prediction. */
    static List<String> paths(ReportInput input) {
        Set<String> objects = new TreeSet<>();
        input.counterfactuals().pictures().stream().map(Counterfactual::object).forEach(objects::add);
        return input.predictions().stream()
                .map(Prediction::path)
                .filter(objects::contains)
                .toList();
    }

    /** As the gallery beside the page has them. */
    static UntouchedImages inGallery(ReportInput input) {
        Map<String, String> sources = new HashMap<>();
        paths(input).forEach(path -> sources.put(path, "assets/thumbnails/" + GalleryData.fileName(path)));
        return of(input, sources, true);
    }

    /**
     * Images that stand with their counterfactual images only.
     *
     * @param sources of images, by path
     */
    static UntouchedImages inPage(ReportInput input, Map<String, String> sources) {
        return of(input, sources, false);
    }

    private static UntouchedImages of(ReportInput input, Map<String, String> sources, boolean gallery) {
        Map<String, Untouched> images = new HashMap<>();
        for (Prediction p : input.predictions()) {
            String source = sources.get(p.path());
            if (source != null) {
                images.put(
                        p.path(),
                        new Untouched(
                                source, gallery ? ReportAddress.image(p.path()) : null, p.predicted(), p.wrong()));
            }
        }
        return new UntouchedImages(images);
    }

    Optional<Untouched> of(String path) {
        return Optional.ofNullable(images.get(path));
    }
}
