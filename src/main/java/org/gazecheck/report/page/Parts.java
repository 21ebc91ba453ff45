package org.gazecheck.report.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where style, script and data of the page are: in files beside it, or inside it.
 *
 * @param policy the page's Content-Security-Policy: nothing but its own parts
 * @param style null where it is a file; so are script and data
 */
public record Parts(String policy, @Nullable String style, @Nullable String script, @Nullable String data) {
    private static final String NOTHING_ELSE = "base-uri 'none'; form-action 'none'";

    /** Files in {@code assets/}; a server that hands them out is asked for verdicts and given some. */
    public static final Parts BESIDE = new Parts(
            "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; connect-src 'self'; "
                    + NOTHING_ELSE,
            null,
            null,
            null);

    /**
     * Everything inside; the policy admits exactly these texts.
     *
     * @param script without an end tag of a script; so is data
     */
    public static Parts inside(String style, String script, String data) {
        String policy = "default-src 'none'; script-src " + hash(script) + " " + hash(data) + "; style-src "
                + hash(style) + "; img-src data:; " + NOTHING_ELSE;
        return new Parts(policy, style, script, data);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
