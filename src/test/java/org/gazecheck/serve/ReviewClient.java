package org.gazecheck.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictJson;
import org.gazecheck.review.ReviewableRun;

/** A reviewer's page, without the page. As a program it gives verdicts one after the other and notes which were kept. */
final class ReviewClient {
    static final Instant FIRST = Instant.parse("2026-11-01T08:00:00Z");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final String cookie;

    /** @param link that the server prints */
    ReviewClient(URI link) {
        this.server = link.resolve("/");
        this.cookie = cookie(link);
    }

    /** What a browser sends that came by the link. */
    static String cookie(URI link) {
        return "gazecheck-" + link.getPort() + "=" + link.getRawQuery().replaceFirst("^key=", "");
    }

    HttpRequest.Builder to(String path) {
        return stranger(path).header("Cookie", cookie);
    }

    /** A request of somebody who did not come by the link. */
    HttpRequest.Builder stranger(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    /** A writing request as the page makes it. */
    HttpRequest.Builder writing(String method, String json) {
        return writing("/api/verdicts", method, json);
    }

    HttpRequest.Builder writing(String path, String method, String json) {
        String origin = server.toString().replaceFirst("/$", "");
        return to(path).header("Content-Type", "application/json")
                .header("Origin", origin)
                .header("Sec-Fetch-Site", "same-origin")
                .method(method, BodyPublishers.ofString(json));
    }

    HttpResponse<String> ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return ask(to(path));
    }

    HttpResponse<String> put(Verdict verdict) throws IOException, InterruptedException {
        return ask(writing("PUT", json(verdict)));
    }

    HttpResponse<String> delete(Verdict verdict) throws IOException, InterruptedException {
        return ask(writing("DELETE", json(verdict)));
    }

    static String json(Verdict verdict) throws IOException {
        String list = new String(VerdictJson.of(List.of(verdict)), StandardCharsets.UTF_8);
        return list.substring(1, list.length() - 1);
    }

    static ImageVerdict verdict(RunFolder run, String reviewer, int i) throws IOException {
        Judgement[] words = {Judgement.BACKGROUND, Judgement.AMBIGUOUS, Judgement.FAIR_MISTAKE};
        return ReviewableRun.verdict(run, reviewer, i, words[i % words.length], FIRST.plusSeconds(i));
    }

    /** @param args server, run folder, reviewer, number of verdicts, file of those that were kept */
    public static void main(String[] args) throws Exception {
        ReviewClient client = new ReviewClient(URI.create(args[0]));
        Path acknowledged = Path.of(args[4]);
        RunFolder run = new RunFolder(Path.of(args[1]));
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            HttpResponse<String> response = client.put(verdict(run, args[2], i));
            if (response.statusCode() != 200) {
                throw new IOException(response.statusCode() + " " + response.body());
            }
            Files.writeString(acknowledged, i + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
