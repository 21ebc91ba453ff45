package org.gazecheck.network.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.gazecheck.fuzz.Scratch;
import org.gazecheck.network.WeightsException;

/** Input: a safetensors file. */
public final class SafetensorsFuzz {
    private SafetensorsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        try {
            ResNets.load(Scratch.file("w.safetensors", data));
        } catch (WeightsException expected) {
            // told in one line
        }
    }

    public static byte[][] seeds() {
        String[] headers = {
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}}",
            "{\"__metadata__\":{\"mean\":\"1,2,3\",\"std\":\"1,1,1\",\"bn_eps\":\"1e-5\"},"
                    + "\"conv1.weight\":{\"dtype\":\"F16\",\"shape\":[1,3,2,1],\"data_offsets\":[0,12]},"
                    + "\"layer1.0.conv1.weight\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[12,16]},"
                    + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[16,24]}}"
        };
        byte[][] seeds = new byte[headers.length][];
        for (int i = 0; i < seeds.length; i++) {
            byte[] json = headers[i].getBytes(StandardCharsets.UTF_8);
            seeds[i] = ByteBuffer.allocate(8 + json.length + 24)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .put(json)
                    .array();
        }
        return seeds;
    }
}
