package org.gazecheck.hostile;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.gazecheck.image.Jpeg;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;

/** Files given as images. */
final class HostileImages {
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int RGBA = 6;

    private final Path folder;
    private final Path model;
    private final List<Row> rows = new ArrayList<>();

    private HostileImages(Path folder, Path model) {
        this.folder = folder;
        this.model = model;
    }

    /** An image of 40x40 pixels. */
    static byte[] jpeg() {
        return Jpeg.encode(image(), 0.9f);
    }

    private static RgbImage image() {
        byte[] rgb = new byte[40 * 40 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i % 120);
        }
        return new RgbImage(40, 40, rgb);
    }

    static List<Row> rows(Path folder, Path model) throws IOException {
        HostileImages images = new HostileImages(folder, model);
        images.refused();
        images.read();
        images.tooLargeForTheHeap();
        return images.rows;
    }

    private void refused() throws IOException {
        byte[] jpeg = jpeg();
        byte[] png = Png.encode(image());
        refused("zero bytes.jpg", "empty", new byte[0]);
        refused("text.jpg", "text file", "no image".getBytes(StandardCharsets.UTF_8));
        refused("cut.jpg", "truncated", Arrays.copyOf(jpeg, jpeg.length / 2));
        refused("cut.png", "truncated", Arrays.copyOf(png, png.length / 2));
        refused("huge.jpg", "61480x61480 pixels are more", huge(jpeg));
        refused("huge.png", "60000x60000 pixels are more", png(60_000, 60_000, 8, GREY, 100, new byte[0]));
        refused("deep.png", "counted twice", png(10_000, 10_000, 16, RGBA, 1000, new byte[0]));
        refused("thin.png", "too narrow", png(1_000_000, 1, 8, GREY, 1_000_001, new byte[0]));
        refused("negative.png", "damaged", png(-5, 5, 8, GREY, 100, new byte[0]));
        refused("too little.png", "damaged", png(9_000, 9_000, 8, GREY, 100, new byte[0]));
        refused("scans.jpg", "scans", scans(jpeg));
        byte[] bmp = new byte[60];
        bmp[0] = 'B';
        bmp[1] = 'M';
        bmp[14] = 40;
        bmp[30] = 4;
        refused("inside.bmp", "inside", bmp);
        byte[] palette = bmp.clone();
        palette[30] = 0;
        ByteBuffer.wrap(palette).putInt(10, 0xffffff7f);
        refused("palette of 2 GB.bmp", "damaged", palette);
    }

    private void read() throws IOException {
        read("png named.jpg", Png.encode(image()));
        read("16 bits.png", png(40, 40, 16, RGBA, 40 * 321, new byte[0]));
        read("100 million pixels.png", png(10_000, 10_000, 8, GREY, 100_010_000, new byte[0]));
        read("text of 500 MB.png", png(40, 40, 8, GREY, 40 * 41, text(500)));
        byte[] jpeg = jpeg();
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(jpeg, 0, 2);
        turned.writeBytes(new byte[] {-1, (byte) 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8});
        turned.writeBytes(new byte[] {0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0});
        turned.write(jpeg, 2, jpeg.length - 2);
        read("turned.jpg", turned.toByteArray());
        read("progressive.jpg", progressive());
        read("--out=elsewhere.jpg", jpeg);
    }

    /** Allowed and sound, so that the want of memory must not be told as damage of the file. */
    private void tooLargeForTheHeap() throws IOException {
        String name = "100 million colours.png";
        byte[] content = png(10_000, 10_000, 8, RGB, 300_010_000, new byte[0]);
        rows.add(new Row(name, 1, "GAZECHECK_HEAP", args(name, content)));
    }

    private static byte[] huge(byte[] jpeg) {
        byte[] huge = jpeg.clone();
        for (int i = 0; i < huge.length - 9; i++) {
            if (huge[i] == -1 && huge[i + 1] == (byte) 0xc0) {
                huge[i + 5] = huge[i + 7] = (byte) 0xf0;
                break;
            }
        }
        return huge;
    }

    /** A JPEG whose only scan is followed by 5000 empty ones. */
    private static byte[] scans(byte[] jpeg) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < 5000; i++) {
            out.writeBytes(new byte[] {-1, (byte) 0xda, 0, 8, 1, 1, 0, 1, 63, 0});
        }
        out.write(jpeg, jpeg.length - 2, 2);
        return out.toByteArray();
    }

    private static byte[] progressive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(
                    null, new IIOImage(new BufferedImage(40, 40, BufferedImage.TYPE_3BYTE_BGR), null, null), param);
        }
        return bytes.toByteArray();
    }

    /** A chunk of compressed text that unpacks to so many megabytes. */
    private static byte[] text(int megabytes) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1));
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(text)) {
            for (int i = 0; i < megabytes; i++) {
                deflater.write(new byte[1 << 20]);
            }
        }
        return text.toByteArray();
    }

    /** @param zeros bytes of the unpacked image */
    private static byte[] png(int width, int height, int depth, int colours, int zeros, byte[] text)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        chunk(out, "IHDR", header.put((byte) depth).put((byte) colours).array());
        if (text.length > 0) {
            chunk(out, "zTXt", text);
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
            byte[] block = new byte[1 << 16];
            for (int left = zeros; left > 0; left -= block.length) {
                deflater.write(block, 0, Math.min(left, block.length));
            }
        }
        chunk(out, "IDAT", data.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) crc.getValue());
    }

    private void refused(String name, String words, byte[] content) throws IOException {
        rows.add(new Row(name, 4, words, args(name, content)));
    }

    private void read(String name, byte[] content) throws IOException {
        rows.add(new Row(name, 0, "", args(name, content)));
    }

    private List<String> args(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        return List.of("explain", "--model", model.toString(), "--out", folder + "/out", file.toString());
    }
}
