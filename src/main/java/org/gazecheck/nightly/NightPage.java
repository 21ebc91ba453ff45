package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.gazecheck.pipeline.RunImages;
import org.gazecheck.report.Changes;
import org.gazecheck.report.ChangesPageWriter;
import org.gazecheck.report.RunsPageWriter;

/** What the night came to, for people. */
final class NightPage {
    private static final DateTimeFormatter TITLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private NightPage() {}

    static Path write(
            Tonight tonight,
            WatchedModel model,
            EvaluatedArrivals arrivals,
            NightComparisons compared,
            JudgedNight judged)
            throws IOException {
        Changes changes = new Changes(
                "Night of " + TITLE.format(tonight.started()),
                Optional.of(judged.verdict()),
                compared.otherModel(),
                compared.newImages(),
                RunImages.of(model.configuration()),
                arrivals.run().map(run -> run.report().getFileName().toString()),
                Optional.of("../" + RunsPageWriter.NAME),
                judged.night().warnings());
        Path page = tonight.folder().page();
        ChangesPageWriter.write(page, changes);
        return page;
    }
}
