package org.gazecheck.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYCOLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYDEPTH;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Images as DataVec's {@code NativeImageLoader(side, side, channels)} of Deeplearning4j 1.0.0-M2.1 decodes and scales them: by
 * OpenCV, both sides to the same number of pixels, bilinear and without antialiasing, grey by OpenCV's luma. Opened only
 * where an {@link ImageDecoder} has read the file, so that OpenCV is given no file that is damaged.
 */
public final class DataVecImages {
    private static final int COLOURS = 3;

    private final ImageDecoder decoder;
    private final boolean grey;

    /**
     * @param maxPixels a file whose header says more is refused before it is decoded
     * @param grey whether the network takes one channel: red, green and blue are then equal
     */
    public DataVecImages(long maxPixels, boolean grey) {
        this.decoder = new ImageDecoder(maxPixels);
        this.grey = grey;
    }

    /**
     * @param file a whole file's bytes
     * @return [side, side, 3]
     * @throws InvalidImageException if the file is damaged, or OpenCV does not read it as DataVec could use it
     */
    public RgbImage frame(byte[] file, int side) throws InvalidImageException {
        decoder.read(file);
        try (BytePointer bytes = new BytePointer(file);
                Mat whole = new Mat(1, file.length, CV_8U, bytes);
                Mat decoded = imdecode(whole, IMREAD_ANYDEPTH | IMREAD_ANYCOLOR);
                Mat coloured = new Mat();
                Mat scaled = new Mat();
                Size size = new Size(side, side)) {
            if (decoded.empty()) {
                throw new InvalidImageException(
                        "OpenCV does not read it, so DataVec would not either; convert it to JPEG or PNG");
            }
            if (decoded.depth() != CV_8U) {
                throw new InvalidImageException(
                        "it has more than 8 bits a channel, which DataVec does not scale to 0..255;"
                                + " convert it to 8 bits");
            }
            int channels = grey ? 1 : COLOURS;
            Mat image = decoded;
            if (decoded.channels() != channels) {
                cvtColor(decoded, coloured, grey ? COLOR_BGR2GRAY : COLOR_GRAY2BGR);
                image = coloured;
            }
            if (image.rows() != side || image.cols() != side) {
                resize(image, scaled, size);
                image = scaled;
            }
            return rgb(image, side, channels);
        }
    }

    private static RgbImage rgb(Mat image, int side, int channels) {
        byte[] values = new byte[side * side * channels];
        for (int y = 0; y < side; y++) {
            try (BytePointer row = image.ptr(y)) {
                row.get(values, y * side * channels, side * channels);
            }
        }
        byte[] rgb = new byte[side * side * COLOURS];
        for (int i = 0; i < side * side; i++) {
            for (int c = 0; c < COLOURS; c++) {
                rgb[i * COLOURS + c] = values[i * channels + (channels == 1 ? 0 : COLOURS - 1 - c)];
            }
        }
        return new RgbImage(side, side, rgb);
    }
}
