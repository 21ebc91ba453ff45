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
        Answers answers = to(labels, logits.classes());
        float[] row = new float[logits.classes()];
        double[] log = new double[logits.classes()];
        for (int i = 0; i < labels.length; i++) {
            logits.read(i, row);
            answers.give(i, row, temperature, log);
        }
        return answers;
    }

    /** To be given, an image at a time. */
    static Answers to(int[] labels, int classes) {
        int n = labels.length;
        return new Answers(classes, labels, new int[n], new int[n], new double[n], new double[n]);
    }

    /**
     * @param scores of one image, [classes]
     * @param log [classes], overwritten
     */
    void give(int image, float[] scores, double temperature, double[] log) {
        Logits.logSoftmax(scores, 0, temperature, log);
        predicted[image] = Logits.best(scores, 0, classes);
        ranks[image] = Logits.rank(scores, 0, classes, labels[image]);
        loss[image] = -log[labels[image]];
        confidence[image] = Math.exp(log[predicted[image]]);
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
