/**
 * Derivatives of ONNX operators, one at a time. How they are chained through a graph is not here.
 */
package org.gazecheck.network.onnx.gradient;
