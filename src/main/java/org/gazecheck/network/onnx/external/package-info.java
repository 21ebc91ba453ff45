/**
 * ONNX classifiers of others: their files, layers and gradients, as they are. Nothing of ours is written as ONNX here.
 */
package org.gazecheck.network.onnx.external;
