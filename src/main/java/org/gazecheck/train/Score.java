package org.gazecheck.train;

/**
 * How good a classifier is on val: what every choice in training is made by.
 *
 * @param top1 share of images whose true class has the highest score, 0..1
 * @param logLoss mean of {@code -log p(true class)}
 */
public record Score(double top1, double logLoss) {
    /** Higher top-1 accuracy, or the same with lower log loss. */
    public boolean betterThan(Score other) {
        return top1 > other.top1 || top1 == other.top1 && logLoss < other.logLoss;
    }

    /** Gathers a score image by image. */
    static final class Counter {
        private int n;
        private int correct;
        private double loss;

        /**
         * @param scores holds logits (or log probabilities) of one image from {@code offset} on, one a class; of equal
         *     ones the first counts as the highest
         */
        void add(float[] scores, int offset, int classes, int label) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (scores[offset + c] > scores[offset + best]) {
                    best = c;
                }
            }
            double highest = scores[offset + best];
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(scores[offset + c] - highest);
            }
            n++;
            correct += best == label ? 1 : 0;
            loss += highest + Math.log(sum) - scores[offset + label];
        }

        Score score() {
            return new Score((double) correct / n, loss / n);
        }
    }
}
