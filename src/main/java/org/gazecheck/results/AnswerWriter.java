package org.gazecheck.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.opencsv.CSVWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes answers one by one, as lines of a table or of JSON. */
public interface AnswerWriter {
    void write(Answer answer) throws IOException;

    /**
     * CSV (RFC 4180) with the columns {@code path, label_1, probability_1, ..., error}; of an image that could not
     * be read all but {@code path} and {@code error} are empty. The header is written at once.
     *
     * @param classes names
     * @param top how many classes a line has, at most
     */
    static AnswerWriter csv(Writer out, List<String> classes, int top) throws IOException {
        int columns = Math.min(top, classes.size());
        CSVWriter csv = Csv.writer(out);
        List<String> header = new ArrayList<>(List.of("path"));
        for (int i = 1; i <= columns; i++) {
            header.addAll(List.of("label_" + i, "probability_" + i));
        }
        header.add("error");
        line(csv, header);
        return answer -> {
            List<String> cells = new ArrayList<>(List.of(answer.path()));
            for (int i = 0; i < columns; i++) {
                boolean known = i < answer.ranking().size();
                cells.add(known ? classes.get(answer.ranking().get(i).index()) : "");
                cells.add(known ? Float.toString(answer.ranking().get(i).probability()) : "");
            }
            cells.add(Objects.requireNonNullElse(answer.error(), ""));
            line(csv, cells);
        };
    }

    private static void line(CSVWriter csv, List<String> cells) throws IOException {
        csv.writeNext(cells.stream().map(CsvText::written).toArray(String[]::new), false);
        if (csv.getException() != null) {
            throw csv.getException();
        }
    }

    /**
     * JSON Lines: {@code {"path": ..., "predictions": [{"index": ..., "label": ..., "probability": ...}, ...]}}, or
     * {@code {"path": ..., "error": ...}}.
     *
     * @param classes names
     * @param top how many predictions a line has, at most
     */
    static AnswerWriter json(Writer out, List<String> classes, int top) {
        ObjectMapper mapper = new ObjectMapper();
        return answer -> {
            ObjectNode line = mapper.createObjectNode().put("path", answer.path());
            if (answer.error() == null) {
                ArrayNode predictions = line.putArray("predictions");
                answer.ranking().stream().limit(top).forEach(ranked -> predictions
                        .addObject()
                        .put("index", ranked.index())
                        .put("label", classes.get(ranked.index()))
                        .put("probability", ranked.probability()));
            } else {
                line.put("error", answer.error());
            }
            out.write(mapper.writeValueAsString(line));
            out.write('\n');
        };
    }
}
