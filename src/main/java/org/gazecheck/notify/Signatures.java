package org.gazecheck.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** By which a receiver knows that a message comes from who has the key: {@code sha256=} and HMAC-SHA-256 (RFC 2104) in hex. */
final class Signatures {
    static final String HEADER = "X-Gazecheck-Signature-256";
    private static final String ALGORITHM = "HmacSHA256";

    private Signatures() {}

    /** @param key not empty */
    static String of(byte[] body, String key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256");
        }
    }
}
