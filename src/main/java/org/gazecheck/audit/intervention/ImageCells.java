package org.gazecheck.audit.intervention;

/**
 * What a network makes of the cells of one image.
 *
 * @param predicted the class
 * @param coarse cells of the last layer
 * @param contribution [coarse cells] to the predicted class over the mean of the others: the map of the difference of their logits
 * @param fine cells of a layer before it
 * @param features [fine cells, d] of these, projected
 */
record ImageCells(int predicted, CellGrid coarse, float[] contribution, CellGrid fine, float[] features) {
    int dimensions() {
        return features.length / fine.count();
    }

    /** [d] of one fine cell. */
    double[] features(int cell) {
        int d = dimensions();
        double[] of = new double[d];
        for (int j = 0; j < d; j++) {
            of[j] = features[cell * d + j];
        }
        return of;
    }
}
