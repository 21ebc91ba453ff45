package org.gazecheck.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a run mends another. */
public record MitigationSettings(
        @Setting(
                        value =
                                "an audited run whose network is trained again against its shortcuts; gazecheck mitigate"
                                        + " sets it",
                        initial = "null")
                @Nullable
                Path run,
        @Setting(
                        value =
                                "which shortcuts, by the ids of their findings, such as background-shortcut:rose; none: all that"
                                        + " are proven",
                        initial = "[]")
                List<String> findings,
        @Setting(value = "whether suspected shortcuts are trained against, too", initial = "false") boolean suspected,
        @Setting(
                        value = "whether all is trained again that train.recipe trains, with counterfactual images as"
                                + " augmentation, and not the head alone",
                        initial = "false")
                boolean train,
        @Setting(
                        value = "in place of shortcuts: a table with the columns path and group, over which the head is"
                                + " balanced",
                        initial = "null")
                @Nullable
                Path groups) {
    /** Of a run that mends no other, as after {@code --set}. */
    public static final List<String> NONE = List.of(
            "mitigation.run=null",
            "mitigation.findings=[]",
            "mitigation.suspected=false",
            "mitigation.train=false",
            "mitigation.groups=null");
}
