package org.gazecheck.bench;

import java.util.ArrayList;
import java.util.List;

/** One task at one size. */
record Workload(Task task, int size, int batch) {
    static List<Workload> of(Task task) {
        if (task == Task.JOB || task == Task.GRADCAM_EXTERNAL || task == Task.GRADCAM_EXTERNAL_EARLY) {
            return List.of();
        }
        if (task == Task.FINETUNE_LAYER4) {
            return List.of(new Workload(task, 224, 32));
        }
        List<Workload> list = new ArrayList<>();
        for (int size : new int[] {224, 288}) {
            for (int batch : new int[] {8, 32}) {
                list.add(new Workload(task, size, batch));
            }
        }
        return list;
    }
}
