package org.gazecheck.report.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the templates show: texts that are ready to print (escaping is the templates' business) and coordinates of
 * drawings. A part that a run lacks is null or empty, and the template says so in its place.
 *
 * @param id ties {@code index.html} to the data script written with it
 * @param answer whether to use the network
 * @param stories the first of the audit's, for the first screen
 * @param moreStories what the link to all of them says; null where there are none
 * @param caution what stands beside every claim that rests on heatmaps; null where nothing speaks against them
 * @param verdict one or two sentences in plain words
 * @param cautions what the verdict's figures must be read with, a sentence each; may be empty
 * @param signing who signed the run off, or that nobody did
 * @param missing why parts are null or empty
 * @param looks null when the run was not audited
 * @param heatmaps null when the heatmaps were not tested
 * @param mended null when the run mends no other
 * @param shortcuts null when nothing was tried
 * @param backgrounds null when backgrounds were not swapped
 * @param curves empty when nothing was fine-tuned
 * @param confusions null when no split was evaluated
 * @param classes null when no split was evaluated
 * @param limits of use, one sentence each
 * @param reproduce the command that does the run again
 */
public record Page(
        String id,
        String title,
        String subtitle,
        Answer answer,
        List<StoryCard> stories,
        @Nullable String moreStories,
        @Nullable String caution,
        String verdict,
        List<String> cautions,
        Signing signing,
        List<Card> cards,
        Missing missing,
        @Nullable Looks looks,
        @Nullable Heatmaps heatmaps,
        @Nullable Mended mended,
        @Nullable Shortcuts shortcuts,
        @Nullable Backgrounds backgrounds,
        FindingsView findings,
        Gallery gallery,
        List<LineChart> curves,
        List<Reliability> reliability,
        @Nullable Confusions confusions,
        @Nullable ClassTable classes,
        DataQuality data,
        List<Fact> provenance,
        List<Fact> stages,
        List<String> limits,
        String reproduce,
        List<Fact> configuration) {

    /**
     * The verdict on the network.
     *
     * @param state right, open or wrong
     * @param level in words
     * @param sentence the gravest reason
     * @param by who says so
     * @param grades how many shortcuts are proven, suspected, not confirmed, and could not be tried
     * @param grounds everything that speaks against it, where there is more than the sentence says
     * @param unconfirmed possible shortcuts that were not confirmed, a sentence each
     * @param advice about the gravest shortcut; null where there is none
     * @param proof one image with and without what a class is recognised by; null where nothing is proven by images
     */
    public record Answer(
            String state,
            String level,
            String sentence,
            String by,
            List<Fact> grades,
            List<String> grounds,
            List<String> unconfirmed,
            @Nullable Advice advice,
            @Nullable Proof proof) {}

    /**
     * What to do.
     *
     * @param about the class
     * @param anchor of the finding that says so
     */
    public record Advice(String about, String text, String anchor) {}

    /** @param subject class that the image is predicted as */
    public record Proof(String subject, Pair pair) {}

    /**
     * A story in pictures.
     *
     * @param anchor of its place on the page
     * @param pair that proves it; null where there is none, or it stands above
     * @param id of the finding whose evidence is shown where there is no pair
     * @param evidence number of its images
     * @param plain whether these are shown without heatmaps
     * @param images their address in the gallery, or null
     */
    public record StoryCard(
            String anchor,
            String severity,
            @Nullable String grade,
            String kindName,
            String subject,
            @Nullable Pair pair,
            String id,
            int evidence,
            boolean plain,
            @Nullable String images) {}

    /**
     * @param state right (accepted), open (nobody signed, or void) or wrong (rejected)
     * @param before what stands before the reviewer's name, or all there is to say
     * @param reviewer null where nobody signed
     * @param after the name: when
     * @param comment may be empty
     * @param review what the verdicts say, or null
     * @param folder of the run, for the command that signs it
     */
    public record Signing(
            String state,
            String before,
            @Nullable String reviewer,
            String after,
            String comment,
            @Nullable String review,
            String folder) {}

    /**
     * A run beside the one that it mends.
     *
     * @param state right where it is recommended, else wrong
     * @param verdict in two or three words
     * @param reasons a sentence each
     * @param figures accuracy and calibration
     * @param shortcuts what became of their effects; empty where groups were balanced
     * @param groups accuracy by class and group, the worst first; empty where no groups were balanced
     * @param notes on the groups, a sentence each; may be empty
     * @param worse what got worse and what new was found, a sentence each; may be empty
     * @param better what is no longer found, a sentence each; may be empty
     * @param cells accuracy on val by class and state
     * @param pictures the same images under both networks
     */
    public record Mended(
            String state,
            String verdict,
            List<String> reasons,
            String lead,
            List<MendedRow> figures,
            List<MendedRow> shortcuts,
            List<MendedRow> groups,
            List<String> notes,
            List<String> worse,
            List<String> better,
            List<MendedRow> cells,
            BeforeAfter pictures) {}

    /**
     * Images under two networks.
     *
     * @param parts may be empty
     * @param missing what is not there, a sentence; null where all is
     */
    public record BeforeAfter(String lead, List<BeforeAfterPart> parts, @Nullable String missing) {}

    /**
     * @param subject a class; empty for all others
     * @param others what is said in place of the class
     * @param what became of the images, and how many there are
     * @param images may be empty
     */
    public record BeforeAfterPart(String subject, String others, String what, List<BeforeAfterImage> images) {}

    /**
     * @param position of the image on the page
     * @param number of its heatmap before
     */
    public record BeforeAfterImage(int position, int number, String label, String path, Called before, Called after) {}

    /** What a network calls an image. */
    public record Called(String predicted, String probability, boolean wrong) {}

    /** @param test in which way it differs, and how surely; null where nothing was tested */
    public record MendedRow(String name, String what, Tried before, Tried after, @Nullable Tried test) {}

    /** A label and what is stated under it. */
    public record Fact(String label, String value) {}

    /** One headline figure on every evaluated split. */
    public record Card(String name, String hint, List<Reading> readings) {}

    /**
     * @param images address of the n images in the gallery
     * @param interval the 95 % interval
     * @param expected comparison with the configuration, or null
     * @param baseline the same figure of the run that others are compared with, or null
     */
    public record Reading(
            String split,
            String n,
            String images,
            String value,
            String interval,
            @Nullable Expected expected,
            @Nullable String baseline) {}

    /**
     * @param state met, near (below, but inside the interval) or below
     */
    public record Expected(String state, String text) {}

    /** Why a part of the page is not there, a sentence each; null where it is there. */
    public record Missing(
            @Nullable String looks,
            @Nullable String heatmaps,
            @Nullable String shortcuts,
            @Nullable String backgrounds,
            @Nullable String curves,
            @Nullable String dataQuality) {}

    /**
     * Where the heatmaps lie, correct against incorrect predictions.
     *
     * @param note what is missing, or null
     */
    public record Looks(
            String split, String correctN, String incorrectN, List<Measure> measures, @Nullable String note) {}

    public record Measure(
            String name, String hint, Range correct, Range incorrect, String difference, String differenceInterval) {}

    /**
     * A mean with its interval and where to draw them, in percent of the width; null what does not exist.
     */
    public record Range(
            String value, String interval, @Nullable String at, @Nullable String from, @Nullable String length) {}

    /**
     * What was tried of what may be a shortcut.
     *
     * @param tried empty where nothing could be one
     * @param pictures of what was tried without a finding
     * @param screened not tried
     * @param summary of what was not tried
     * @param notSought kinds that were not looked for, a sentence each
     */
    public record Shortcuts(
            String lead,
            List<TriedRow> tried,
            List<TriedClass> pictures,
            List<ScreenedRow> screened,
            String summary,
            List<String> notSought) {}

    /**
     * One that was tried.
     *
     * @param share of the class's training images that have it
     * @param attracts put on images of other classes
     * @param needs taken off its own images
     * @param repairs taken off errors, or put on own images that are missed
     * @param natural images as they are
     * @param grade proven or suspected, or null where nothing was found
     * @param verdict in words where there is no grade
     * @param detail what could have been found, or null
     */
    public record TriedRow(
            String name,
            String reason,
            Tried share,
            Tried attracts,
            Tried needs,
            List<Tried> repairs,
            Tried natural,
            @Nullable String grade,
            String verdict,
            @Nullable String detail) {}

    /** @param detail what it is compared with, or null where it was not tried */
    public record Tried(String rate, @Nullable String detail) {}

    public record TriedClass(String name, String reason, List<Pictures> pictures) {}

    public record ScreenedRow(String name, String reason, String share, String others, String why) {}

    /**
     * What happens when objects and backgrounds are swapped.
     *
     * @param gap in one sentence
     */
    public record Backgrounds(String lead, List<ConditionRow> conditions, String gap, List<RelianceRow> classes) {}

    /**
     * Images that one sort of swap made, or what is swapped.
     *
     * @param rate over all objects that were tried, how these were drawn, and how the ones shown were chosen
     * @param cuts show what is swapped; empty of a swap
     * @param pairs that a swap made
     */
    public record Pictures(String heading, String rate, List<Cut> cuts, List<Pair> pairs) {}

    /**
     * A piece of an image.
     *
     * @param source of the piece
     * @param label class of the image
     * @param path of the image
     */
    public record Cut(String source, String label, String path) {}

    /**
     * The same object, edited in two ways.
     *
     * @param label the object's class
     * @param object path of its image
     * @param untouched null where the page does not have it
     */
    public record Pair(String label, String object, @Nullable Untouched untouched, Picture first, Picture second) {}

    /**
     * The image that a pair was made of.
     *
     * @param source of its thumbnail
     * @param address of it in the gallery; null where the page has it in this place only
     */
    public record Untouched(String source, @Nullable String address, String predicted, boolean wrong) {}

    /**
     * An object in front of the background of another image.
     *
     * @param source of the image
     * @param where in front of what
     * @param wrong whether it is taken for another class than its own
     * @param background path of its image
     */
    public record Picture(
            String source, String where, String predicted, String probability, boolean wrong, String background) {}

    public record ConditionRow(String name, String hint, Range accuracy) {}

    /** One class; the raw values are what the script sorts by. */
    public record RelianceRow(
            String name, int n, Share original, Share own, Share random, Share lost, String vote, String voteShare) {}

    /** A number as it is sorted and as it is shown. */
    public record Share(String raw, String text) {}

    /**
     * How good the heatmaps are.
     *
     * @param rules by which the verdicts are given
     * @param cascades one a method; empty where the network's weights could not be changed
     * @param randomisation null where the network's weights could not be changed
     */
    public record Heatmaps(
            String lead,
            List<MethodVerdict> verdicts,
            String rules,
            List<FaithfulnessGroup> faithfulness,
            List<Cascade> cascades,
            @Nullable Similarities randomisation,
            Similarities robustness) {}

    /** A method's verdicts; their states are right, wrong or open. */
    public record MethodVerdict(String method, Judged randomisation, Judged gaussian, Judged robustness) {}

    /** @param state right, wrong or open */
    public record Judged(String state, String text, String detail) {}

    /** One measure of faithfulness for every method. */
    public record FaithfulnessGroup(String name, String hint, List<FaithfulnessRow> rows) {}

    public record FaithfulnessRow(
            String method, Estimate own, Estimate random, Estimate gaussian, Judged overRandom, Judged overGaussian) {}

    /** A figure with its interval. */
    public record Estimate(String value, String interval) {}

    /**
     * Rank correlation as more and more weights are random.
     *
     * @param band the intervals, as SVG's polygon takes them
     * @param limit y coordinate above which the last step must not lie
     */
    public record Cascade(LineChart chart, String band, String limit) {}

    /** How alike maps are, for every method under every condition. */
    public record Similarities(List<String> methods, List<SimilarityRow> rows) {}

    /** @param cells one a method */
    public record SimilarityRow(String name, List<SimilarityCell> cells) {}

    public record SimilarityCell(Estimate rank, String structure) {}

    /**
     * @param missing what is said where there are no findings
     * @param kinds those of which there is a finding or a test
     * @param summary of the tests, in one sentence
     */
    public record FindingsView(
            List<FindingView> findings, String missing, List<KindRow> kinds, String summary, List<TestRow> tests) {}

    /**
     * A kind of finding in plain words.
     *
     * @param id of its place on the page
     * @param section on the page that has the figures, or null
     * @param detectable the range of the smallest effects that would have been found
     */
    public record KindRow(
            String id,
            String name,
            String meaning,
            @Nullable Link section,
            String findings,
            String tests,
            String detectable) {}

    /** @param section id of a section of the page */
    public record Link(String section, String text) {}

    /** One test; the raw values are what the script sorts by. */
    public record TestRow(
            String kind,
            String kindName,
            String subject,
            String measure,
            Share effect,
            String interval,
            Share p,
            Share q,
            int n,
            Share detectable,
            String finding) {}

    /**
     * A story: what it follows from, or what says it most clearly, then the others.
     *
     * @param story one verdict is for all of it
     * @param severity of the story: high, medium, low or info
     * @param grade proven or suspected, or null
     * @param kind id of what the kind means on the page
     * @param evidence number of images that the script shows under {@code id}
     * @param plain whether these are shown without heatmaps, which would hide the scene
     * @param group address of the whole group of images, or null
     * @param caution what speaks against the heatmaps that it rests on, or null
     * @param control what shows that an intervention's result is not of its own making, or null
     * @param pictures that interventions made; may be empty
     * @param sure what its figures rest on
     * @param unconfirmed of the same class, tried and not confirmed, a sentence each; may be empty
     * @param alike other findings of the same kind that tell the same; may be empty
     * @param follows findings that it is the cause of; may be empty
     */
    public record FindingView(
            String id,
            Told story,
            String severity,
            @Nullable String grade,
            String kind,
            String kindName,
            String subject,
            String text,
            Sure sure,
            String advice,
            int evidence,
            boolean plain,
            @Nullable String group,
            @Nullable String caution,
            @Nullable String control,
            List<Pictures> pictures,
            List<String> unconfirmed,
            List<FindingLine> alike,
            List<FindingLine> follows) {}

    /**
     * @param anchor of its place on the page
     * @param ids of its findings, as a list in JSON
     */
    public record Told(String anchor, String ids) {}

    /**
     * How sure a finding is.
     *
     * @param numbers effect, interval, p, q and n
     * @param meaning of its kind
     * @param words that it uses, explained
     */
    public record Sure(String numbers, String meaning, List<Fact> words) {}

    /**
     * A finding in a line under another one.
     *
     * @param caution what speaks against the heatmaps that it rests on, or null
     * @param address of its evidence in the gallery, or null
     */
    public record FindingLine(
            String id,
            String severity,
            String kind,
            String kindName,
            String subject,
            String text,
            @Nullable String caution,
            Sure sure,
            String advice,
            @Nullable String address) {}

    /**
     * The images themselves. Lists may be empty; {@code more} says how many further ones there are, or is null.
     *
     * @param splits empty where nothing is known of the data set
     * @param input short side that the network takes, or null
     * @param looked whether data issues were looked for
     * @param duplicateTexts what they do to accuracy, a sentence each
     */
    public record DataQuality(
            List<String> warnings,
            List<SplitRow> splits,
            @Nullable String input,
            List<BalanceRow> balance,
            List<LeftOut> leftOut,
            boolean looked,
            List<String> duplicateTexts,
            List<DuplicateGroup> duplicates,
            @Nullable String moreDuplicates,
            List<Contradicted> labels,
            @Nullable String moreLabels,
            List<Outlying> outliers,
            @Nullable String moreOutliers) {}

    /**
     * @param shortSide least, middle and most, in pixels
     * @param small images that must be enlarged for the network
     */
    public record SplitRow(
            String split,
            String images,
            String classes,
            String fewest,
            String most,
            String shortSide,
            String longSide,
            String small) {}

    /** @param bar width in percent */
    public record BalanceRow(String name, int train, int val, int test, int all, String bar) {}

    /** @param paths of the first ones */
    public record LeftOut(String problem, String n, List<String> paths, @Nullable String more) {}

    /** @param positions of the images for the script, with spaces between them */
    public record DuplicateGroup(String positions, String how, String splits, List<String> labels, boolean twoLabels) {}

    /** @param position of the image for the script */
    public record Contradicted(
            String position, String path, String split, String label, String confident, Share margin) {}

    /** @param position of the image for the script */
    public record Outlying(String position, String split, String score) {}

    /**
     * The gallery that the script fills.
     *
     * @param lead what is in it, in one sentence
     * @param maps whether any image has a heatmap
     * @param masks whether localisation was measured against masks
     */
    public record Gallery(String lead, boolean maps, boolean masks) {}

    /** A drawing's tick; {@code at} is a coordinate of the drawing. */
    public record Tick(String at, String label) {}

    /**
     * @param series one to three lines
     * @param best x coordinate of the epoch that was kept, or null
     */
    public record LineChart(
            String title, List<Tick> x, List<Tick> y, List<Series> series, @Nullable String best, String description) {}

    /**
     * @param points as SVG's polyline takes them
     * @param dots the same points, one by one
     */
    public record Series(String name, String style, String points, List<Dot> dots) {}

    public record Dot(String x, String y, String label) {}

    /** Accuracy over confidence, with the number of images behind every bar. */
    public record Reliability(String split, String caption, List<Bar> bars, String description) {}

    /**
     * A bin of the reliability diagram; coordinates of the drawing.
     *
     * @param confidence y of the mean confidence
     */
    public record Bar(
            String x,
            String width,
            String y,
            String height,
            String confidence,
            String countY,
            String countHeight,
            String range,
            String n,
            String meanConfidence,
            String accuracy) {}

    public record Confusions(String split, List<Confused> pairs, @Nullable String note) {}

    /**
     * @param images address of them in the gallery
     * @param share of the label's images
     * @param bar width in percent
     */
    public record Confused(String label, String predicted, int count, String images, String share, String bar) {}

    public record ClassTable(String split, List<ClassRow> rows) {}

    /** One class; the raw values are what the script sorts by. */
    public record ClassRow(
            String name, Counted support, Counted predicted, Counted correct, Cell recall, Cell precision, Cell f1) {}

    /** @param images address of them in the gallery */
    public record Counted(int n, String images) {}

    /**
     * @param raw what the script sorts by; empty when there is no value
     * @param interval null for a figure that has none
     * @param bar width in percent
     */
    public record Cell(String raw, String value, @Nullable String interval, String bar) {}
}
