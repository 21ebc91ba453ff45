package org.gazecheck.network;

/**
 * How an external network takes its images.
 *
 * @param channelsLast [n, h, w, c] and not [n, c, h, w]
 * @param blueFirst the channels' order
 * @param grey one channel in place of three: the luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601)
 */
public record ImageInput(boolean channelsLast, boolean blueFirst, boolean grey) {
    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    /** Of three channels. */
    public ImageInput(boolean channelsLast, boolean blueFirst) {
        this(channelsLast, blueFirst, false);
    }

    /**
     * @param images [n, 3, h, w], red first
     * @return the same numbers as the network takes them
     */
    public Tensor arrange(Tensor images) {
        if (grey) {
            return luma(images);
        }
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

    private Tensor luma(Tensor images) {
        int[] shape = images.shape();
        int area = shape[2] * shape[3];
        float[] luma = new float[shape[0] * area];
        for (int i = 0; i < shape[0]; i++) {
            int image = i * shape[1] * area;
            for (int j = 0; j < area; j++) {
                luma[i * area + j] = (float) (RED * images.data()[image + j]
                        + GREEN * images.data()[image + area + j]
                        + BLUE * images.data()[image + 2 * area + j]);
            }
        }
        return channelsLast
                ? Tensor.of(luma, shape[0], shape[2], shape[3], 1)
                : Tensor.of(luma, shape[0], 1, shape[2], shape[3]);
    }

    /** As it enters identities: what is usual is not named. */
    @Override
    public String toString() {
        return "ImageInput[channelsLast=" + channelsLast + ", blueFirst=" + blueFirst + (grey ? ", grey" : "") + "]";
    }
}
