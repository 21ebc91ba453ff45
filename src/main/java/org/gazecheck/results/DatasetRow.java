package org.gazecheck.results;

/**
 * One image of the data set, a line of {@code dataset.csv}.
 *
 * @param path relative to the data folder, with forward slashes
 * @param label class name; empty where nobody gave one
 * @param width in pixels after EXIF orientation; 0 when unknown
 * @param height in pixels after EXIF orientation; 0 when unknown
 * @param sha256 of the file's bytes, lower-case hexadecimal; empty when the file is missing
 * @param problem why the image is left out; empty when it is used
 */
public record DatasetRow(String path, Split split, String label, int width, int height, String sha256, String problem) {
    /** Whether training and evaluation see this image. */
    public boolean usable() {
        return problem.isEmpty();
    }
}
