package org.gazecheck.network.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gazecheck.fuzz.Scratch;
import org.gazecheck.network.WeightsException;

/** Input: a zip as torch.save writes it (it begins with PK), or the pickle of one whose storages 0 and 1 have 64 bytes. */
public final class TorchFuzz {
    private TorchFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        boolean zip = data.length > 1 && data[0] == 'P' && data[1] == 'K';
        try {
            ResNets.load(Scratch.file("w.pth", zip ? data : zip(data)));
        } catch (WeightsException expected) {
            // told in one line
        }
    }

    public static byte[][] seeds() throws IOException {
        byte[] pickle = pickle();
        return new byte[][] {pickle, zip(pickle)};
    }

    private static byte[] zip(byte[] pickle) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            for (String name : new String[] {"a/data.pkl", "a/data/0", "a/data/1"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.endsWith("pkl") ? pickle : new byte[64]);
            }
        }
        return bytes.toByteArray();
    }

    /** An ordered dictionary with one tensor [2, 3] at offset 1 of a storage of 16 floats. */
    private static byte[] pickle() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ascii(out, "\u0080\u0002ccollections\nOrderedDict\nq\0)Rq\1");
        ascii(out, "(X\14\0\0\0conv1.weightq\2ctorch._utils\n_rebuild_tensor_v2\nq\3((");
        ascii(
                out,
                "X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK\20tQK\1K\2K\3\u0086K\3K\1\u0086");
        ascii(out, "\u0089h\0)RtRq\4u.");
        return out.toByteArray();
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
