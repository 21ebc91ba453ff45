package org.gazecheck.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What is sent with a request. */
final class Body {
    private static final int LONGEST = 64 << 10;

    private Body() {}

    static byte[] of(HttpExchange exchange) throws Refusal {
        byte[] body;
        try {
            body = exchange.getRequestBody().readNBytes(LONGEST + 1);
        } catch (IOException e) {
            throw new Refusal(400, "the request ended early");
        }
        if (body.length > LONGEST) {
            throw new Refusal(413, "more than " + LONGEST + " bytes");
        }
        return body;
    }
}
