package org.gazecheck.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictJson;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.results.Withdrawal;
import org.gazecheck.review.VerdictsDatabase;

/**
 * {@code /api/verdicts} and {@code /verdicts.csv}: the run folder's table of verdicts and the server's database together;
 * only the database is written. Replies name the run that is served in the header {@code
 * Gazecheck-Run}, by which a page notices that it is not the one it shows. What is written is on the disk before it is
 * answered with 200.
 */
final class VerdictRequests {
    private final ServedRun run;
    private final VerdictsDatabase database;

    VerdictRequests(ServedRun run, VerdictsDatabase database) {
        this.run = run;
        this.database = database;
    }

    Map<String, String> named() throws IOException {
        return Map.of("Gazecheck-Run", run.id());
    }

    /** All that hold. */
    Reply list() throws IOException {
        Map<String, String> named = named();
        byte[] json = VerdictJson.of(run.verdicts(database).verdicts());
        return Reply.of("application/json; charset=utf-8", json, named);
    }

    /** The same as a file of verdicts. */
    Reply table() throws IOException {
        Map<String, String> headers = Map.of(
                "Gazecheck-Run",
                run.id(),
                "Content-Disposition",
                "attachment; filename=\"verdicts-" + run.id() + ".csv\"");
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        VerdictsFile.write(csv, run.verdicts(database).verdicts());
        return Reply.of("text/csv; charset=utf-8", csv.toByteArray(), headers);
    }

    /** Keeps one. */
    Reply put(HttpExchange exchange) throws Refusal, IOException {
        Verdict verdict;
        try {
            verdict = VerdictJson.verdict(Body.of(exchange));
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
        run.require(verdict);
        if (run.hasLater(verdict.reviewer(), verdict.subject(), verdict.time()) || !database.put(verdict)) {
            throw later(verdict.reviewer(), verdict.path());
        }
        return Reply.done(named());
    }

    /** Takes one back. */
    Reply delete(HttpExchange exchange) throws Refusal, IOException {
        Withdrawal withdrawal;
        try {
            withdrawal = VerdictJson.withdrawal(Body.of(exchange));
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
        if (run.hasLater(withdrawal.reviewer(), withdrawal.subject(), withdrawal.time())
                || !database.withdraw(withdrawal)) {
            throw later(withdrawal.reviewer(), withdrawal.subject());
        }
        return Reply.done(named());
    }

    private static Refusal later(String reviewer, String subject) {
        return new Refusal(409, "a later verdict of " + reviewer + " on " + subject + " is stored and counts");
    }
}
