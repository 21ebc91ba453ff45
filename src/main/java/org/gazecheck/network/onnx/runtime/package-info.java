/**
 * Runs models in ONNX Runtime: batches divided by rows, and parts of models. What is in a model is not here.
 */
package org.gazecheck.network.onnx.runtime;
