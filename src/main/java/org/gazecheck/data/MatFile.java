package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Path;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

/** Matrices of whole numbers from files of MATLAB, level 5. */
final class MatFile {
    private MatFile() {}

    /**
     * A matrix in the order in which it is stored.
     *
     * @throws DataException when the file is damaged or has no such matrix
     */
    static int[] read(Path file, String variable) throws IOException {
        try {
            Matrix matrix = Mat5.readFromFile(file.toFile()).getMatrix(variable);
            int[] values = new int[matrix.getNumElements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = matrix.getInt(i);
            }
            return values;
        } catch (IOException | RuntimeException e) {
            throw new DataException(file + ": variable " + variable + " cannot be read (" + e.getMessage()
                    + "): delete the file to have it downloaded again");
        }
    }
}
