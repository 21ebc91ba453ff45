package org.gazecheck.evaluate;

/**
 * What the figures of a split are made of, one entry an image.
 *
 * @param labels true classes
 * @param predicted classes with the highest score
 * @param ranks of the true classes, 1 = first
 * @param loss {@code -log p} of the true class, in nats
 * @param confidence probability of the predicted class
 */
record Answers(int classes, int[] labels, int[] predicted, int[] ranks, double[] loss, double[] confidence) {
    static Answers of(Logits logits, int[] labels, double temperature) {
        int n = labels.length;
        Answers answers = new Answers(logits.classes(), labels, new int[n], new int[n], new double[n], new double[n]);
        double[] log = new double[logits.classes()];
        for (int i = 0; i < n; i++) {
            logits.logSoftmax(i, temperature, log);
            answers.predicted[i] = logits.best(i);
            answers.ranks[i] = logits.rank(i, labels[i]);
            answers.loss[i] = -log[labels[i]];
            answers.confidence[i] = Math.exp(log[answers.predicted[i]]);
        }
        return answers;
    }

    int images() {
        return labels.length;
    }

    /** How many true classes are among the first {@code k}. */
    int within(int k) {
        int count = 0;
        for (int rank : ranks) {
            count += rank <= k ? 1 : 0;
        }
        return count;
    }
}
