package org.gazecheck.report;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.report.page.Page.Pair;
import org.gazecheck.report.page.Page.Proof;
import org.gazecheck.report.page.Page.StoryCard;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Story;
import org.jspecify.annotations.Nullable;

/** The gravest stories in pictures. */
final class StoryCards {
    private static final int MOST = 6;

    private StoryCards() {}

    /** @param above what is proven above them with a pair of pictures */
    static List<StoryCard> of(ReportInput input, CounterfactualSection counterfactuals, @Nullable Proof above) {
        Set<String> predicted = FindingSection.predicted(input);
        return input.findings().stories().stream()
                .filter(story -> story.severity() != Finding.Severity.INFO)
                .limit(MOST)
                .map(story -> card(story, counterfactuals, above, predicted))
                .toList();
    }

    private static StoryCard card(
            Story story, CounterfactualSection counterfactuals, @Nullable Proof above, Set<String> predicted) {
        Finding first = story.first();
        Optional<Pair> pair = Reason.of(first)
                .flatMap(reason -> counterfactuals.proofs(first.subject(), reason).stream()
                        .map(Proof::pair)
                        .filter(each -> above == null || !each.equals(above.pair()))
                        .findFirst());
        return new StoryCard(
                FindingSection.anchor(story),
                story.severity().text(),
                first.grade() == null ? null : first.grade().text(),
                first.kind().title(),
                FindingSubject.title(first.kind(), first.subject()),
                pair.orElse(null),
                first.id(),
                first.evidence().size(),
                FindingSection.showsTheScene(first),
                FindingSection.address(first, predicted));
    }

    /** Of the link to all of them; null where there is none. */
    static @Nullable String all(Findings findings) {
        int stories = findings.stories().size();
        return stories == 0
                ? null
                : stories == 1
                        ? "The finding, with its figures and what follows from it"
                        : "All " + Numbers.count(stories) + " findings, with their figures and what follows from them";
    }
}
