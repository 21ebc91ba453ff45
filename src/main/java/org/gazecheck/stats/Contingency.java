package org.gazecheck.stats;

/**
 * How often each class goes with each group.
 *
 * @param counts [classes][groups], at least one image
 */
public record Contingency(int[][] counts) {
    /**
     * @param rows [n] the class of each image, from 0
     * @param columns [n] the group of each image, from 0
     */
    public static Contingency of(int[] rows, int classes, int[] columns, int groups) {
        int[][] counts = new int[classes][groups];
        for (int i = 0; i < rows.length; i++) {
            counts[rows[i]][columns[i]]++;
        }
        return new Contingency(counts);
    }

    public int total() {
        int total = 0;
        for (int r = 0; r < counts.length; r++) {
            total += row(r);
        }
        return total;
    }

    public int row(int r) {
        int sum = 0;
        for (int count : counts[r]) {
            sum += count;
        }
        return sum;
    }

    public int column(int c) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[c];
        }
        return sum;
    }

    /** Pearson's statistic (1900): the sum of {@code (seen - expected)^2 / expected}; empty rows and columns add none. */
    public double chiSquare() {
        double n = total();
        double sum = 0;
        for (int r = 0; r < counts.length; r++) {
            for (int c = 0; c < counts[r].length; c++) {
                double expected = row(r) * (double) column(c) / n;
                double off = counts[r][c] - expected;
                sum += expected > 0 ? off * off / expected : 0;
            }
        }
        return sum;
    }

    /**
     * Cramér's V (1946), {@code sqrt(chi2 / (n (min(rows, columns) - 1)))}, over rows and columns that are not empty: 0
     * (independent) to 1 (one follows from the other); NaN with fewer than two rows or columns.
     */
    public double cramersV() {
        int rows = 0;
        for (int r = 0; r < counts.length; r++) {
            rows += row(r) > 0 ? 1 : 0;
        }
        int columns = 0;
        for (int c = 0; c < counts[0].length; c++) {
            columns += column(c) > 0 ? 1 : 0;
        }
        int least = Math.min(rows, columns);
        return least < 2 ? Double.NaN : Math.sqrt(chiSquare() / (total() * (least - 1.0)));
    }

    /**
     * The adjusted residuals of the cells (Haberman 1973), {@code (seen - e) / sqrt(e (1 - row/n) (1 - column/n))}: each
     * about standard normal when class and group are independent; 0 where a row or column is empty or everything.
     */
    public double[][] residuals() {
        double n = total();
        int[] columns = new int[counts[0].length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = column(c);
        }
        double[][] residuals = new double[counts.length][columns.length];
        for (int r = 0; r < counts.length; r++) {
            double row = row(r) / n;
            for (int c = 0; c < columns.length; c++) {
                double column = columns[c] / n;
                double spread = Math.sqrt(n * row * column * (1 - row) * (1 - column));
                residuals[r][c] = spread == 0 ? 0 : (counts[r][c] - n * row * column) / spread;
            }
        }
        return residuals;
    }
}
