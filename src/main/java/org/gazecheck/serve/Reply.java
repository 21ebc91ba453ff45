package org.gazecheck.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.gazecheck.io.Printable;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param type of the body; null for none
 * @param length of the body in bytes; 0 for none
 * @param headers beside those that every reply has
 */
record Reply(int status, @Nullable String type, long length, InputStream body, Map<String, String> headers)
        implements AutoCloseable {
    static Reply of(String type, byte[] body, Map<String, String> headers) {
        return new Reply(200, type, body.length, new ByteArrayInputStream(body), headers);
    }

    /** Done, and nothing to say about it. */
    static Reply done(Map<String, String> headers) {
        return new Reply(200, null, 0, InputStream.nullInputStream(), headers);
    }

    /** One line of plain text, whatever it speaks of. */
    static Reply problem(int status, String reason, Map<String, String> headers) {
        byte[] line = (Printable.of(reason) + "\n").getBytes(StandardCharsets.UTF_8);
        return new Reply(status, "text/plain; charset=utf-8", line.length, new ByteArrayInputStream(line), headers);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
