/**
 * A class that Deeplearning4j looks for under its former name, so that its layer helpers (oneDNN) are found. Nothing of
 * Gazecheck's own lives here.
 */
package org.nd4j.nativeblas;
