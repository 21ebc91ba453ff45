package org.gazecheck.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerWriterTest {
    @Test
    void pathsAndClassesThatASpreadsheetWouldCompute_stayText() throws IOException {
        StringWriter out = new StringWriter();
        AnswerWriter writer = AnswerWriter.csv(out, List.of("=1+1", "rose"), 2);
        writer.write(new Answer(
                "@photo.jpg", List.of(new Prediction.Ranked(0, 0.75f), new Prediction.Ranked(1, 0.25f)), null));
        assertEquals(
                "path,label_1,probability_1,label_2,probability_2,error\n'@photo.jpg,'=1+1,0.75,rose,0.25,\n",
                out.toString());
    }
}
