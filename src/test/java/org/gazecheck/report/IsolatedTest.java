package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Bidi;
import java.util.List;
import org.junit.jupiter.api.Test;

class IsolatedTest {
    private static final String ROSE = "\u05d5\u05e8\u05d3";

    private final Isolated isolated = new Isolated(List.of("rose", ROSE, ROSE + " (2)"));

    @Test
    void sentencesFromLeftToRightStayAsTheyAre() {
        String sentence = "rose: 12 of 40 (30 %), \u201ctulip\u201d \u2192 \u65e5\u672c";
        assertSame(sentence, isolated.in(sentence));
    }

    @Test
    void aKnownNameIsIsolatedWholeTheLongerFirst() {
        assertEquals(
                "Of \u2068" + ROSE + " (2)\u2069 12 are \u2068" + ROSE + "\u2069 too.",
                isolated.in("Of " + ROSE + " (2) 12 are " + ROSE + " too."));
    }

    @Test
    void ofAPathItIsWhatRunsFromRightToLeft() {
        String path = "a/\u05ea\u05de \u05d2\u05df.jpg";
        assertEquals(
                "two splits: a/\u2068\u05ea\u05de \u05d2\u05df\u2069.jpg (train)",
                isolated.in("two splits: " + path + " (train)"));
    }

    @Test
    void aCharacterThatTurnsWhatFollowsIsHeldUpToTheBlank() {
        assertEquals("of \u2068\u202egpj.x\u2069 and more", isolated.in("of \u202egpj.x and more"));
    }

    /** The witness is the JDK's own algorithm: the number after the name is in a run of the sentence's direction. */
    @Test
    void theNumberBesideANameKeepsItsPlace() {
        String plain = "Of " + ROSE + " 12 (3 of 4) are wrong.";
        assertTrue(levelOfFirst('1', plain) > 0, "the name takes it along");
        assertEquals(0, levelOfFirst('1', "Of X 12"));
        int level = levelOfFirst('1', isolated.in(plain));
        assertEquals(0, level % 2, "or isolates would not help");
    }

    private static int levelOfFirst(char c, String text) {
        return new Bidi(text, Bidi.DIRECTION_LEFT_TO_RIGHT).getLevelAt(text.indexOf(c));
    }
}
