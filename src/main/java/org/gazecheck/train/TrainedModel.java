package org.gazecheck.train;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gazecheck.network.BuiltInNetwork;

/**
 * A trained network and how it was chosen.
 *
 * @param probe the chosen probe
 * @param probes every L2 strength that was tried
 * @param finetuning what back-propagation came to, where the recipe has it
 * @param tuned whether the network is the fine-tuned one; false also when it was no better on val than the probe
 */
public record TrainedModel(
        BuiltInNetwork network,
        Probe.Candidate probe,
        List<Probe.Candidate> probes,
        Optional<Finetuning> finetuning,
        boolean tuned) {

    /** The best epoch of a fine-tuning, and how many there were. */
    public record Finetuning(int bestEpoch, int epochs, Score val) {}

    /** What was chosen at the end of what was tried, a sentence each: what lies beyond may be better. */
    public List<String> atTheEdge() {
        List<String> edges = new ArrayList<>();
        DoubleSummaryStatistics tried =
                probes.stream().mapToDouble(Probe.Candidate::l2).summaryStatistics();
        if (probe.l2() == tried.getMin() || probe.l2() == tried.getMax()) {
            edges.add("the L2 strength chosen on val, " + probe.l2() + ", is the "
                    + (probes.size() == 1 ? "only" : probe.l2() == tried.getMin() ? "smallest" : "largest")
                    + " of train.probe.l2: others beyond it may be better");
        }
        finetuning
                .filter(f -> f.bestEpoch == f.epochs)
                .ifPresent(f -> edges.add("the best epoch is the last of " + f.epochs
                        + ": more of them (train.finetune.epochs) may be better"));
        return edges;
    }

    /** One line for people and the provenance. */
    public String description() {
        String text = String.format(
                Locale.ROOT,
                "probe with L2 %s (val top-1 %.2f %%)",
                probe.l2(),
                100 * probe.val().top1());
        if (finetuning.isEmpty()) {
            return text;
        }
        Finetuning f = finetuning.get();
        text += String.format(
                Locale.ROOT,
                ", fine-tuned: best epoch %d of %d (val top-1 %.2f %%)",
                f.bestEpoch,
                f.epochs,
                100 * f.val.top1());
        return tuned ? text : text + "; the probe is kept, since it is better on val";
    }
}
