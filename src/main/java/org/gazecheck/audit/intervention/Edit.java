package org.gazecheck.audit.intervention;

/** What is done to an image with a shortcut. */
public enum Edit {
    PUT_ON("put on", Question.ATTRACTS),
    TAKEN_OFF("taken off", Question.NEEDS);

    private final String text;
    private final Question question;

    Edit(String text, Question question) {
        this.text = text;
        this.question = question;
    }

    /** As files and sentences have it. */
    public String text() {
        return text;
    }

    /** That of the audit whose contrasts are made by it. */
    Question question() {
        return question;
    }
}
