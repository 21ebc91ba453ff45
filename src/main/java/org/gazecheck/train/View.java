package org.gazecheck.train;

import java.util.ArrayList;
import java.util.List;

/**
 * One view of a training image. The probe and the fine-tuning number their random crops alike, so that one forward
 * pass serves both.
 *
 * @param id 0: plain, 1: mirrored, from 2 on: random views
 */
record View(int id) {
    static final View PLAIN = new View(0);
    static final View MIRROR = new View(1);

    /** @param index from 0 */
    static View random(int index) {
        return new View(2 + index);
    }

    /** The plain view, the mirrored one if asked for, then the random ones. */
    static List<View> list(boolean mirror, int random) {
        List<View> views = new ArrayList<>();
        views.add(PLAIN);
        if (mirror) {
            views.add(MIRROR);
        }
        for (int i = 0; i < random; i++) {
            views.add(random(i));
        }
        return views;
    }
}
