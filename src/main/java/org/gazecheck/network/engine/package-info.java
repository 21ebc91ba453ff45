/**
 * Opens networks in the engine that runs them, and reads those of others. How an engine works is not here: that is in the
 * packages of ONNX and of Deeplearning4j, which know nothing of each other.
 */
package org.gazecheck.network.engine;
