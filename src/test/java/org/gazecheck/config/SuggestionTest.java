package org.gazecheck.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({"kitten,sitting,3", "ca,ac,1", "abc,abc,0", "abc,ABC,0", "'',abc,3", "epoch,epochs,1", "tset,test,1"})
    void distanceCountsEditsAndSwaps(String one, String other, int expected) {
        assertEquals(expected, Suggestion.distance(one, other));
        assertEquals(expected, Suggestion.distance(other, one));
    }

    @Test
    void whatIsFarFromEverythingGetsNoSuggestion() {
        assertEquals(Optional.empty(), Suggestion.nearest("images", List.of("seed", "model")));
        assertEquals(Optional.of("seed"), Suggestion.nearest("sede", List.of("model", "seed")));
    }
}
