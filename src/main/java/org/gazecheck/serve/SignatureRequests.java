package org.gazecheck.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.FolderLock;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.results.SigningRequest;
import org.gazecheck.review.ReviewedRun;
import org.gazecheck.review.SignOff;

/**
 * {@code /api/signature}: who signed the run, and signing it. A request to sign is held against the verdicts that lie in
 * the run folder, whatever the page took for reviewed, under the folder's lock, as {@code gazecheck review sign} does it.
 */
final class SignatureRequests {
    private final RunFolder folder;
    private final ServedRun run;

    SignatureRequests(RunFolder folder, ServedRun run) {
        this.folder = folder;
        this.run = run;
    }

    /** The signature, valid or void, as its file has it; {@code null} where nobody signed. */
    Reply signature() throws IOException {
        byte[] json = Files.exists(folder.signature())
                ? SignatureFile.json(SignatureFile.read(folder.signature()))
                : "null".getBytes(StandardCharsets.US_ASCII);
        return json(json);
    }

    /** Signs, and answers with the signature. */
    synchronized Reply put(HttpExchange exchange) throws Refusal, IOException {
        SigningRequest request;
        try {
            request = SigningRequest.of(Body.of(exchange));
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
        run.id();
        try (FolderLock lock = folder.lock()) {
            SignOff signOff = ReviewedRun.open(folder.root(), List.of()).signOff(request);
            if (signOff instanceof SignOff.Granted granted) {
                SignatureFile.write(folder.signature(), granted.signature());
                return json(SignatureFile.json(granted.signature()));
            }
            throw new Refusal(409, ((SignOff.Refused) signOff).text());
        } catch (ConfigurationException e) {
            throw new GazecheckException(folder.configuration() + ": " + e.getMessage(), e);
        }
    }

    private Reply json(byte[] body) throws IOException {
        return Reply.of("application/json; charset=utf-8", body, Map.of("Gazecheck-Run", run.id()));
    }
}
