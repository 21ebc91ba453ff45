package org.gazecheck.audit.intervention;

/** What is asked of a contrast: what counts, and which way it must move to speak for a shortcut of a class. */
enum Question {
    /** Put on objects of other classes: are they called the class? */
    ATTRACTS(1),
    /** Taken off the class's own objects: are they called it no longer? */
    NEEDS(1),
    /** Taken off images of other classes that carry it and are called the class: are they called what they are? */
    REPAIRS(-1),
    /** Put on the class's own images that are called something else: are they called the class? For what cannot be taken off. */
    RESCUES(1);

    /** Of what counts with the property, less what counts without it. */
    private final int direction;

    Question(int direction) {
        this.direction = direction;
    }

    /**
     * Whether an answer counts.
     *
     * @param called the class that is predicted
     * @param label the class in question
     * @param object the class of the object
     */
    boolean counts(int called, int label, int object) {
        return called == (this == REPAIRS ? object : label);
    }

    /**
     * Whether it is asked of an image.
     *
     * @param called the class that is predicted
     * @param label the class in question
     * @param object the class of the object
     */
    boolean concerns(int called, int label, int object) {
        return switch (this) {
            case ATTRACTS -> object != label;
            case NEEDS -> object == label;
            case REPAIRS -> object != label && called == label;
            case RESCUES -> object == label && called != label;
        };
    }

    /** 1 where the pair speaks for a shortcut, -1 where it speaks against it, else 0. */
    int difference(boolean with, boolean without) {
        return direction * ((with ? 1 : 0) - (without ? 1 : 0));
    }
}
