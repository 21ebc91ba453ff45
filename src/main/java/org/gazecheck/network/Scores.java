package org.gazecheck.network;

/** What the logits of an external network are of. */
public enum Scores {
    /** Classes of which an image is one: probabilities are their softmax. */
    EXCLUSIVE,
    /** Two such classes by one number z, whose sigmoid is the second one's probability: their logits are -z/2 and z/2. */
    BINARY,
    /** Properties that an image may have several of: probabilities are each one's sigmoid. */
    INDEPENDENT
}
