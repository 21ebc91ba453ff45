/**
 * Reverse-mode differentiation of ONNX graphs: from a forward graph to a model of ordinary ONNX nodes that computes the
 * gradient of weighted logits with respect to one of its values. Nothing is run here, and nothing is known of files.
 */
package org.gazecheck.network.onnx.backward;
