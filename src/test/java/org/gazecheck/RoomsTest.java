package org.gazecheck;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.VerdictsDatabase;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms of {@code docs/architecture.md}: which may use which. */
class RoomsTest {
    /** Our class in a package of ND4J's, where Deeplearning4j looks for it by reflection. */
    private static final String STAND_IN = "org.nd4j.nativeblas";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("org.gazecheck", STAND_IN);

    /** What programs use; it stands on the rooms, and no room uses it. */
    private static final String API = "org.gazecheck";

    /** Used by all rooms. */
    private static final List<String> GROUND =
            List.of("verdict", "results", "metric", "config", "io", "stats", "progress", "failure");

    private static final Map<String, List<String>> USES = uses();

    /** A slice for each package, so that a room and its parts are told apart. */
    private static final SliceAssignment PACKAGES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    @TestFactory
    Stream<DynamicTest> aRoomUsesOnlyTheRoomsBelowIt() {
        return USES.keySet().stream()
                .map(room -> dynamicTest(room, () -> noClasses()
                        .that()
                        .resideInAPackage(inside(room))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden(room))
                        .allowEmptyShould(true)
                        .check(CLASSES)));
    }

    @Test
    void everyClassLivesInARoom() {
        classes()
                .that()
                .resideOutsideOfPackage(API)
                .should()
                .resideInAnyPackage(Stream.concat(USES.keySet().stream().map(RoomsTest::inside), Stream.of(STAND_IN))
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void whatStandsInForAClassOfNd4jKnowsNothingElse() {
        classes()
                .that()
                .resideInAPackage(STAND_IN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", STAND_IN)
                .check(CLASSES);
    }

    @Test
    void theApiSpeaksOfNothingButItself() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(API)
                .and()
                .arePublic()
                .should()
                .haveRawReturnType(ofTheApi())
                .andShould(haveParametersOfTheApi())
                .check(CLASSES);
    }

    @Test
    void nothingInsideUsesTheApi() {
        noClasses()
                .that()
                .resideOutsideOfPackage(API)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(API)
                .check(CLASSES);
    }

    @Test
    void whatThisProgramThrowsHasOneRoot() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(GazecheckException.class.getName())
                .should()
                .callConstructor(IOException.class, String.class)
                .orShould()
                .callConstructor(IOException.class, String.class, Throwable.class)
                .check(CLASSES);
        classes()
                .that()
                .arePublic()
                .and()
                .areAssignableTo(Exception.class)
                .should()
                .beAssignableTo(GazecheckException.class)
                .orShould()
                .beAssignableTo(RuntimeException.class)
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> ofTheApi() {
        return DescribedPredicate.describe(
                "of the JDK or of the API",
                type -> type.getBaseComponentType().isPrimitive()
                        || type.getBaseComponentType().getPackageName().startsWith("java.")
                        || type.getBaseComponentType().getPackageName().equals(API));
    }

    private static ArchCondition<JavaMethod> haveParametersOfTheApi() {
        return new ArchCondition<>("have parameters of the JDK or of the API") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean good = method.getRawParameterTypes().stream().allMatch(ofTheApi());
                events.add(new SimpleConditionEvent(method, good, method.getDescription()));
            }
        };
    }

    @Test
    void roomsFormNoCycle() {
        slices().matching("org.gazecheck.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void enginesStayInNetworkAndTrain() {
        noClasses()
                .that()
                .resideOutsideOfPackages(inside("network"), inside("train"), STAND_IN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "ai.onnxruntime..", "onnx..")
                .check(CLASSES);
    }

    /** Whoever reads one of the files by itself would miss what stands in the other. */
    @Test
    void verdictsAreReadByTheReviewAloneTableAndDatabaseTogether() {
        noClasses()
                .that()
                .resideOutsideOfPackages(inside("review"), inside("results"))
                .should()
                .callMethod(VerdictsFile.class, "read", Path.class)
                .orShould()
                .callMethod(VerdictsDatabase.class, "read", Path.class)
                .orShould()
                .callMethod(VerdictsDatabase.class, "contents")
                .check(CLASSES);
    }

    @Test
    void dataVecStaysInImage() {
        noClasses()
                .that()
                .resideOutsideOfPackages(inside("image"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.datavec..")
                .check(CLASSES);
    }

    @Test
    void noRoomIsNamedForNothing() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..manager..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineEndsTheProgram() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside("cli"))
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    private static String[] forbidden(String room) {
        return USES.keySet().stream()
                .filter(other -> !other.equals(room) && !USES.get(room).contains(other))
                .map(RoomsTest::inside)
                .toArray(String[]::new);
    }

    private static String inside(String room) {
        return "org.gazecheck." + room + "..";
    }

    private static Map<String, List<String>> uses() {
        List<String> pipeline = List.of(
                "data",
                "download",
                "network",
                "explain",
                "evaluate",
                "train",
                "audit",
                "mitigate",
                "image",
                "store",
                "report",
                "review");
        Map<String, List<String>> uses = new LinkedHashMap<>();
        uses.put("cli", with(pipeline, "pipeline", "nightly", "history", "compare", "gate", "notify", "serve"));
        uses.put("serve", List.of("report", "review"));
        uses.put("nightly", List.of("pipeline", "data", "history", "compare", "gate", "notify", "report"));
        uses.put("gate", List.of());
        uses.put("notify", List.of());
        uses.put("pipeline", pipeline);
        uses.put("report", List.of("image", "review", "history", "compare"));
        uses.put("review", List.of());
        uses.put("history", List.of());
        uses.put("compare", List.of());
        uses.put(
                "mitigate",
                List.of("audit", "train", "compare", "explain", "evaluate", "network", "data", "image", "store"));
        uses.put("audit", List.of("explain", "evaluate", "network", "data", "image", "rows", "store"));
        uses.put("train", List.of("evaluate", "network", "data", "image", "store"));
        uses.put("evaluate", List.of("explain", "network", "data", "image", "rows", "store"));
        uses.put("explain", List.of("network", "image"));
        uses.put("network", List.of("image", "download"));
        uses.put("data", List.of("image", "download", "rows"));
        uses.put("rows", List.of("store"));
        uses.put("store", List.of());
        uses.put("image", List.of());
        uses.put("download", List.of());
        uses.replaceAll((room, rooms) -> with(rooms, GROUND.toArray(String[]::new)));
        uses.put("verdict", List.of("results", "config"));
        uses.put("results", List.of("io", "failure"));
        uses.put("metric", List.of("results", "stats"));
        uses.put("config", List.of("results", "io", "failure"));
        uses.put("stats", List.of());
        uses.put("progress", List.of());
        uses.put("io", List.of("failure"));
        uses.put("failure", List.of());
        return uses;
    }

    private static List<String> with(List<String> rooms, String... more) {
        return Stream.concat(rooms.stream(), Stream.of(more)).distinct().toList();
    }
}
