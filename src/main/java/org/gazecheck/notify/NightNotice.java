package org.gazecheck.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.GateFailure;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.GateVerdict;
import org.jspecify.annotations.Nullable;

/**
 * What webhooks receive about a night, crashed ones included; its schema is {@code webhook.schema.json}.
 *
 * @param name of the configuration
 * @param run id of the run; null where it came to none
 * @param alerts whether somebody is to be alerted
 * @param text in Markdown, for chats that show the key "text"; names in it must be escaped
 * @param report where the report is, as an operator finds it; null where there is none
 * @param verdict of the gates; null where it did not come to them
 */
public record NightNotice(
        String name,
        @Nullable String run,
        NightOutcome outcome,
        int exitCode,
        boolean alerts,
        Instant started,
        Instant ended,
        String text,
        @Nullable String report,
        @Nullable GateVerdict verdict) {
    /** Of the messages that this program sends. */
    public static final int SCHEMA_VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Body(
            int schemaVersion,
            String event,
            String name,
            @Nullable String run,
            NightOutcome outcome,
            int exitCode,
            boolean alerts,
            String started,
            String ended,
            double seconds,
            String text,
            @Nullable String report,
            @Nullable List<Gate> gates,
            @Nullable List<Known> acknowledgements) {}

    private record Gate(String rule, String level, String outcome, String sentence, List<Failure> failures) {
        static Gate of(GateResult gate) {
            return new Gate(
                    gate.rule(),
                    gate.level().text(),
                    gate.outcome().text(),
                    gate.sentence(),
                    gate.failures().stream().map(Failure::of).toList());
        }
    }

    private record Failure(String id, String state, String text) {
        static Failure of(GateFailure failure) {
            return new Failure(failure.id(), failure.state().text(), failure.text());
        }
    }

    private record Known(String of, String until, String who, String reason) {
        static Known of(Acknowledgement known) {
            return new Known(known.of(), known.until().toString(), known.who(), known.reason());
        }
    }

    /** The body of the request, in UTF-8. */
    public byte[] json() {
        Body body = new Body(
                SCHEMA_VERSION,
                "night",
                name,
                run,
                outcome,
                exitCode,
                alerts,
                started.toString(),
                ended.toString(),
                Math.max(0, Duration.between(started, ended).toMillis()) / 1000.0,
                text,
                report,
                verdict == null ? null : verdict.gates().stream().map(Gate::of).toList(),
                verdict == null
                        ? null
                        : verdict.acknowledgements().stream().map(Known::of).toList());
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }
}
