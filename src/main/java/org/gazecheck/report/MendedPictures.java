package org.gazecheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.gazecheck.report.MendedImages.Group;
import org.gazecheck.report.MendedImages.Image;
import org.gazecheck.report.MendedImages.Kind;
import org.gazecheck.report.page.Page.BeforeAfter;
import org.gazecheck.report.page.Page.BeforeAfterImage;
import org.gazecheck.report.page.Page.BeforeAfterPart;
import org.gazecheck.report.page.Page.Called;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;

/** The same images under both networks, in the words of the page. */
final class MendedPictures {
    private MendedPictures() {}

    /**
     * @param split that they are of
     * @param shown where the page has the images
     */
    static BeforeAfter of(ReportInput input, Split split, ShownImages shown) {
        EarlierRun earlier = input.earlier();
        MendedImages images = MendedImages.of(input);
        List<BeforeAfterPart> parts = new ArrayList<>();
        int number = 0;
        for (Group group : images.groups()) {
            List<BeforeAfterImage> its = new ArrayList<>();
            for (Image image : group.shown()) {
                its.add(new BeforeAfterImage(
                        Objects.requireNonNull(
                                shown.positions().get(image.after().path())),
                        number++,
                        image.after().label(),
                        image.after().path(),
                        called(image.before()),
                        called(image.after())));
            }
            parts.add(new BeforeAfterPart(
                    group.subject(),
                    group.subject().equals(MendedImages.OTHERS) ? "other classes" : "",
                    (group.kind() == Kind.WON ? "wrong before, right after: " : "right before, wrong after: ")
                            + count(group),
                    its));
        }
        return new BeforeAfter(
                "Images of " + split.text()
                        + " on which only one of the networks is right: what each calls them, and where it looks, every heatmap"
                        + " in its own scale. An image stands with the mended class that it is wrongly called, else with its own."
                        + " Of each kind those whose true class's probability changed most, "
                        + MendedImages.MOST + " at most: examples, and no measure.",
                parts,
                earlier.missing().isEmpty() ? null : earlier.missing());
    }

    private static String count(Group group) {
        int shown = group.shown().size();
        if (group.count() == 0) {
            return "none";
        }
        return shown == group.count()
                ? Numbers.count(shown)
                : Numbers.count(shown) + " of " + Numbers.count(group.count());
    }

    private static Called called(Prediction p) {
        return new Called(p.predicted(), Numbers.softmax(p.pPredicted()), p.wrong());
    }
}
