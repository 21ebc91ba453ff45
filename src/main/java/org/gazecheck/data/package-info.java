/**
 * Data sets: folders, tables and archives of images with labels are listed, checked and split; the drawn demo set.
 * Pixels are decoded in {@code image}.
 */
package org.gazecheck.data;
