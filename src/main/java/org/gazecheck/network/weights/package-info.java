/**
 * Files of weights: safetensors and PyTorch's pickles, read without executing anything, and torchvision's names for
 * ResNets. What is computed with them is for the engines.
 */
package org.gazecheck.network.weights;
