package org.gazecheck.network;

/**
 * One square convolution, named as torchvision names it ({@code layer1.0.conv1}, {@code layer2.0.downsample.0}).
 *
 * @param in input channels
 * @param out output channels
 * @param kernel side in pixels
 * @param padding zeros on every side
 */
public record Convolution(String name, int in, int out, int kernel, int stride, int padding) {}
