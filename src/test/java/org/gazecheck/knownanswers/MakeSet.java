package org.gazecheck.knownanswers;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.gazecheck.knownanswers.Recipe.Base;
import org.gazecheck.knownanswers.Recipe.Masks;
import org.gazecheck.knownanswers.Recipe.Sizes;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes one data set with known shortcuts, for trying the audit by hand. */
@Command(name = "make-set", usageHelpAutoWidth = true)
final class MakeSet implements Callable<Integer> {
    @Option(names = "--reference", required = true, description = "the folder of the reference data")
    private Path reference;

    @Option(names = "--out", required = true, description = "folder of the set; masks and truth come beside it")
    private Path out;

    @Option(names = "--base", defaultValue = "natural", description = "natural, natural2 or composite")
    private String base;

    @Option(
            names = "--ties",
            defaultValue = "",
            description =
                    "CLASS=ARTEFACT[-VARIANT][*STRENGTH]:SHARE[/STRANGERS], with commas between; the class * deals by lot")
    private String ties;

    @Option(names = "--test", defaultValue = "even", description = "even or tied")
    private String test;

    @Option(names = "--masks", defaultValue = "none", description = "whole, one, estimated or none")
    private String masks;

    @Option(names = "--strangers", defaultValue = "0.3", description = "share of carriers that show another species")
    private double strangers;

    @Option(names = "--elsewhere", defaultValue = "0.02", description = "share of other classes that carry it too")
    private double elsewhere;

    @Option(names = "--train", defaultValue = "14", description = "training images a class")
    private int train;

    @Option(names = "--val", defaultValue = "8", description = "validation images a class")
    private int val;

    @Option(names = "--images", defaultValue = "20", description = "test images a class")
    private int images;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    /** Entry of the program. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MakeSet()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Recipe recipe = new Recipe(
                out.getFileName().toString(),
                Base.valueOf(base.toUpperCase(Locale.ROOT)),
                Tie.list(ties, seed, strangers),
                tiedTest(),
                Masks.valueOf(masks.toUpperCase(Locale.ROOT)),
                elsewhere,
                new Sizes(train, val, images),
                seed);
        new KnownSet(out).write(recipe, Stock.of(recipe.base(), reference));
        List<String> told = recipe.ties().stream().map(Tie::text).toList();
        System.out.println(out + ": " + told);
        return 0;
    }

    private boolean tiedTest() {
        if (!List.of("even", "tied").contains(test)) {
            throw new IllegalArgumentException("--test is even or tied, not " + test);
        }
        return test.equals("tied");
    }
}
