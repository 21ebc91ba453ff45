/**
 * Writes ONNX graphs, node by node. Which nodes is not known here.
 */
package org.gazecheck.network.onnx.graph;
