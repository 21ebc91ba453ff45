/**
 * Our networks as ONNX models, to be run or to be deployed, and those models read back. Models of others are not here.
 */
package org.gazecheck.network.onnx.export;
