package org.gazecheck.network;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.image.Normalisation;

/** SHA-256 over everything that a network's outputs depend on, in the architecture's order. */
final class WeightsHash {
    private final MessageDigest digest;

    private WeightsHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String of(
            Architecture architecture,
            Map<String, FoldedConvolution> convolutions,
            Optional<Head> head,
            Normalisation normalisation) {
        WeightsHash hash = new WeightsHash();
        hash.add(described(architecture));
        hash.add(normalisation.mean());
        hash.add(normalisation.std());
        for (Convolution convolution : architecture.convolutions()) {
            FoldedConvolution folded = convolutions.get(convolution.name());
            if (folded == null) {
                throw new IllegalArgumentException("no weights for " + convolution.name());
            }
            hash.add(convolution.name());
            hash.add(folded.kernel());
            hash.add(folded.bias());
            hash.add(folded.scale());
        }
        head.ifPresent(hash::add);
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    /** As before there were layouts, for torchvision's. */
    private static String described(Architecture a) {
        String text = "Architecture[name=" + a.name() + ", block=" + a.block() + ", blocks=" + a.blocks() + ", planes="
                + a.planes() + ", strideInFirst=" + a.strideInFirst() + "]";
        return a.layout() == Layout.TORCHVISION ? text : text + " " + a.layout();
    }

    private void add(Head head) {
        add(head instanceof HellingerHead hellinger ? "hellinger " + hellinger.epsilon() : "linear");
        add(head.weight());
        add(head.bias());
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private void add(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        bytes.asFloatBuffer().put(numbers);
        digest.update(bytes);
    }
}
