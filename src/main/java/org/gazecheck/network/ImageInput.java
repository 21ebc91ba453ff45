package org.gazecheck.network;

/**
 * How an external network takes its images.
 *
 * @param channelsLast [n, h, w, 3] and not [n, 3, h, w]
 * @param blueFirst the channels' order
 */
public record ImageInput(boolean channelsLast, boolean blueFirst) {
    /**
     * @param images [n, 3, h, w], red first
     * @return the same numbers as the network takes them
     */
    public Tensor arrange(Tensor images) {
        if (!channelsLast && !blueFirst) {
            return images;
        }
        int[] shape = images.shape();
        int channels = shape[1];
        int area = shape[2] * shape[3];
        float[] arranged = new float[images.size()];
        for (int i = 0; i < shape[0]; i++) {
            int image = i * channels * area;
            for (int c = 0; c < channels; c++) {
                int to = blueFirst ? channels - 1 - c : c;
                for (int j = 0; j < area; j++) {
                    int place = channelsLast ? j * channels + to : to * area + j;
                    arranged[image + place] = images.data()[image + c * area + j];
                }
            }
        }
        return channelsLast ? Tensor.of(arranged, shape[0], shape[2], shape[3], channels) : Tensor.of(arranged, shape);
    }
}
