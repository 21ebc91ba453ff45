package org.gazecheck.knownanswers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.gazecheck.knownanswers.Recipe.Base;
import org.gazecheck.knownanswers.Recipe.Masks;
import org.gazecheck.knownanswers.Recipe.Sizes;

/**
 * Which images a set has, and what each carries.
 *
 * @param pictures of train, val and test
 * @param unused pictures of the same species that are in no split
 */
record Deal(List<Picture> pictures, List<Picture> unused) {
    /** Of test's images of each class when properties are dealt evenly. */
    private static final double EVEN = 1.0 / 3;

    private static final double SECOND = 0.5;
    private static final List<String> KINDS = Artefact.BACKGROUND.variants();

    static Deal of(Recipe recipe, Stock stock) {
        recipe.ties().stream()
                .filter(tie -> !tie.byLot() && !stock.photographs().containsKey(tie.label()))
                .forEach(tie -> {
                    throw new IllegalArgumentException(
                            "no class is called " + tie.label() + ": " + stock.photographs().keySet());
                });
        return new Dealer(recipe, stock).deal();
    }

    /** Pictures that training has not seen: val, test and what is in no split. */
    List<Picture> unseen() {
        List<Picture> unseen = new ArrayList<>(unused);
        pictures.stream()
                .filter(picture -> !picture.path().startsWith("train/"))
                .filter(picture -> picture.species().equals(picture.label()))
                .forEach(unseen::add);
        return unseen;
    }

    private static final class Dealer {
        private final Recipe recipe;
        private final Stock stock;
        private final Lot lot;
        private final List<Picture> pictures = new ArrayList<>();
        private final Map<String, List<Path>> spare = new TreeMap<>();

        Dealer(Recipe recipe, Stock stock) {
            this.recipe = recipe;
            this.stock = stock;
            this.lot = new Lot(recipe.seed());
        }

        Deal deal() {
            Sizes sizes = recipe.sizes();
            Map<String, List<Path>> files = new TreeMap<>();
            stock.photographs().forEach((label, all) -> {
                List<Path> shuffled = lot.shuffled(all, "photographs", label);
                int used = sizes.train() + sizes.val() + sizes.test();
                if (shuffled.size() < used) {
                    throw new IllegalArgumentException(label + " has " + shuffled.size() + " photographs of " + used);
                }
                files.put(label, shuffled.subList(0, used));
                spare.put(label, new ArrayList<>(shuffled.subList(used, shuffled.size())));
            });
            files.forEach((label, list) -> {
                int val = sizes.train() + sizes.val();
                split("train", label, list.subList(0, sizes.train()));
                split("val", label, list.subList(sizes.train(), val));
                split("test", label, list.subList(val, list.size()));
            });
            List<Picture> unused = new ArrayList<>();
            spare.forEach((label, rest) -> unused.addAll(plain("unused", label, rest)));
            return new Deal(List.copyOf(pictures), unused);
        }

        private void split(String split, String label, List<Path> files) {
            List<Picture> dealt = plain(split, label, files);
            for (Property property : recipe.properties()) {
                dealt = dealt(split, label, dealt, property);
            }
            if (!split.equals("test")) {
                dealt = withStrangers(split, label, dealt);
            }
            pictures.addAll(dealt);
        }

        /** Before any background that is tied to nothing. */
        private List<Picture> plain(String split, String label, List<Path> files) {
            List<String> free = recipe.base() == Base.COMPOSITE ? lot.shuffled(free(split), split, label) : List.of("");
            SplittableRandom random = lot.of("second flower in " + split, label);
            List<Picture> plain = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                boolean two = recipe.masks() == Masks.ONE && files.size() > 1 && random.nextDouble() < SECOND;
                Path second = two ? files.get((i + 1) % files.size()) : null;
                String path = String.format("%s/%s/%04d.jpg", split, label, i + 1);
                String kind = free.get(i % free.size());
                plain.add(new Picture(path, label, label, files.get(i), second, kind, List.of()));
            }
            return plain;
        }

        private List<String> free(String split) {
            boolean even = split.equals("test") && !recipe.tiedTest();
            return KINDS.stream()
                    .filter(kind -> even
                            || recipe.ties().stream()
                                    .map(Tie::property)
                                    .noneMatch(property -> property.artefact() == Artefact.BACKGROUND
                                            && property.variant().equals(kind)))
                    .toList();
        }

        private List<Picture> dealt(String split, String label, List<Picture> plain, Property property) {
            boolean even = split.equals("test") && !recipe.tiedTest();
            if (even && property.artefact() == Artefact.BACKGROUND) {
                return plain;
            }
            double share = even ? EVEN : recipe.elsewhere();
            boolean exact = even;
            for (Tie tie : recipe.ties()) {
                boolean own = tie.label().equals(label) && !even || tie.byLot();
                if (own && tie.property().isSame(property)) {
                    share = tie.share();
                    exact = true;
                }
            }
            SplittableRandom random = lot.of(property.text() + " in " + split, label);
            List<Picture> order = lot.shuffled(plain, property.text() + ", order in " + split, label);
            Map<Picture, Picture> changed = new HashMap<>();
            for (int i = 0; i < order.size(); i++) {
                boolean carries = exact ? i < Math.round(share * order.size()) : random.nextDouble() < share;
                changed.put(order.get(i), carries ? order.get(i).with(property) : order.get(i));
            }
            return plain.stream().map(changed::get).toList();
        }

        /** Carriers of a tied class of which some show another species. */
        private List<Picture> withStrangers(String split, String label, List<Picture> dealt) {
            List<Tie> own = recipe.ties().stream()
                    .filter(tie -> tie.label().equals(label))
                    .toList();
            List<Picture> carriers = lot.shuffled(
                    dealt.stream()
                            .filter(picture -> own.stream().anyMatch(tie -> picture.carries(tie.property())))
                            .toList(),
                    "strangers in " + split,
                    label);
            Map<Picture, Picture> changed = new HashMap<>();
            for (Picture carrier : carriers.subList(0, (int) Math.round(recipe.strangers() * carriers.size()))) {
                stranger(label).ifPresent(other -> changed.put(
                        carrier,
                        new Picture(
                                carrier.path(),
                                label,
                                other.getKey(),
                                other.getValue(),
                                null,
                                carrier.background(),
                                carrier.properties())));
            }
            return dealt.stream()
                    .map(picture -> changed.getOrDefault(picture, picture))
                    .toList();
        }

        /** Takes a spare photograph of the other species that has most of them left. */
        private Optional<Map.Entry<String, Path>> stranger(String label) {
            return spare.entrySet().stream()
                    .filter(each ->
                            !each.getKey().equals(label) && !each.getValue().isEmpty())
                    .max(Comparator.comparingInt(each -> each.getValue().size()))
                    .map(each -> Map.entry(each.getKey(), each.getValue().remove(0)));
        }
    }
}
