package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One statement of the audit with its evidence, an entry of {@code findings.json}. Only {@link BackgroundShortcut}, which
 * an intervention confirmed, carries the word "background" in its kind.
 */
public sealed interface Finding {
    /** Errors look elsewhere than correct predictions; the subject is the measure of localisation. */
    record LocalisationOfErrors(String subject, Statement statement) implements Finding {
        public static final String KIND = "localisation-of-errors";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** Errors on a class look elsewhere than correct predictions on it; the subject is the class. */
    record LocalisationOfClassErrors(String subject, Statement statement) implements Finding {
        public static final String KIND = "localisation-of-class-errors";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** Heatmaps of a class lie elsewhere than those of the others; the subject is the class. */
    record LocalisationOfClass(String subject, Statement statement) implements Finding {
        public static final String KIND = "localisation-of-class";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** A property of the photographs goes with errors; the subject is the property. */
    record PropertyOfErrors(String subject, Statement statement) implements Finding {
        public static final String KIND = "property-of-errors";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** In training a class stands mostly in one kind of scene: an association only; the subject is the class. */
    record SceneCorrelation(String subject, Statement statement) implements Finding {
        public static final String KIND = "scene-correlation";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** Images that are decided in the same unusual place, with another accuracy; the subject is the group. */
    record HeatmapCluster(String subject, Statement statement) implements Finding {
        public static final String KIND = "heatmap-cluster";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A class is predicted because of what it stands on: put behind other classes it makes them this class, taken away it
     * loses this class. The subject is the class.
     */
    record BackgroundShortcut(String subject, Statement statement) implements Finding {
        public static final String KIND = "background-shortcut";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** A heatmap method whose maps survive the randomisation of the weights; the subject is the method. */
    record HeatmapFailsRandomisation(String subject, Statement statement) implements Finding {
        public static final String KIND = "heatmap-fails-randomisation";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** A heatmap method that does not beat a centred Gaussian on these images; the subject is the method. */
    record HeatmapNotFaithful(String subject, Statement statement) implements Finding {
        public static final String KIND = "heatmap-not-faithful";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** Images whose label is probably wrong; the subject is the class that they are labelled as, or "new photographs". */
    record LabelIssues(String subject, Statement statement) implements Finding {
        public static final String KIND = "label-issues";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** The same photograph more than once; the subject says where ("within test", "train and test"). */
    record Duplicates(String subject, Statement statement) implements Finding {
        public static final String KIND = "duplicates";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** Images unlike all others; the subject is the split. */
    record Outliers(String subject, Statement statement) implements Finding {
        public static final String KIND = "outliers";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** How much a finding matters. */
    enum Severity {
        INFO,
        LOW,
        MEDIUM,
        HIGH;

        /** As it is written in files: lower case. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What sort of finding it is, as files have it. */
    String kind();

    /** The class, group or measure that it is about. */
    String subject();

    Statement statement();

    /** Stable over runs: kind and subject. */
    default String id() {
        return kind() + ":" + subject();
    }

    default Severity severity() {
        return statement().severity();
    }

    default String text() {
        return statement().text();
    }

    default double effect() {
        return statement().effect();
    }

    default double low() {
        return statement().low();
    }

    default double high() {
        return statement().high();
    }

    default OptionalDouble p() {
        return statement().p();
    }

    default OptionalDouble q() {
        return statement().q();
    }

    default int n() {
        return statement().n();
    }

    default List<String> evidence() {
        return statement().evidence();
    }

    default String advice() {
        return statement().advice();
    }

    /** All kinds, as files have them. */
    static List<String> kinds() {
        return List.of(
                LocalisationOfErrors.KIND,
                LocalisationOfClassErrors.KIND,
                LocalisationOfClass.KIND,
                PropertyOfErrors.KIND,
                SceneCorrelation.KIND,
                HeatmapCluster.KIND,
                BackgroundShortcut.KIND,
                HeatmapFailsRandomisation.KIND,
                HeatmapNotFaithful.KIND,
                LabelIssues.KIND,
                Duplicates.KIND,
                Outliers.KIND);
    }

    /**
     * The finding of a kind.
     *
     * @throws IllegalArgumentException if there is no such kind
     */
    static Finding of(String kind, String subject, Statement statement) {
        return switch (kind) {
            case LocalisationOfErrors.KIND -> new LocalisationOfErrors(subject, statement);
            case LocalisationOfClassErrors.KIND -> new LocalisationOfClassErrors(subject, statement);
            case LocalisationOfClass.KIND -> new LocalisationOfClass(subject, statement);
            case PropertyOfErrors.KIND -> new PropertyOfErrors(subject, statement);
            case SceneCorrelation.KIND -> new SceneCorrelation(subject, statement);
            case HeatmapCluster.KIND -> new HeatmapCluster(subject, statement);
            case BackgroundShortcut.KIND -> new BackgroundShortcut(subject, statement);
            case HeatmapFailsRandomisation.KIND -> new HeatmapFailsRandomisation(subject, statement);
            case HeatmapNotFaithful.KIND -> new HeatmapNotFaithful(subject, statement);
            case LabelIssues.KIND -> new LabelIssues(subject, statement);
            case Duplicates.KIND -> new Duplicates(subject, statement);
            case Outliers.KIND -> new Outliers(subject, statement);
            default -> throw new IllegalArgumentException("no findings of kind '" + kind + "'");
        };
    }
}
