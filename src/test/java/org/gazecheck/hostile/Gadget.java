package org.gazecheck.hostile;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/** Leaves a file behind when it is deserialised. */
final class Gadget implements Serializable {
    private static final long serialVersionUID = 1;

    private final String victim;

    Gadget(Path victim) {
        this.victim = victim.toString();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        Files.createFile(Path.of(victim));
    }
}
