package org.gazecheck.knownanswers;

import java.nio.file.Path;
import java.util.ArrayList;
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

    /** Photographs of a species beyond those of the splits. */
    private static final int SPARE = 30;

    private static final List<String> KINDS = Artefact.BACKGROUND.variants();

    static Deal of(Recipe recipe, Stock stock) {
        recipe.ties().stream()
                .filter(tie -> !tie.byLot() && !stock.photographs().containsKey(tie.label()))
                .forEach(tie -> {
                    throw new IllegalArgumentException("no class is called " + tie.label() + ": "
                            + stock.photographs().keySet());
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
                int most = Math.min(shuffled.size(), used + SPARE);
                spare.put(label, new ArrayList<>(shuffled.subList(used, most)));
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

        /** Without properties; composites stand before backgrounds that are tied to nothing. */
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
                boolean drawn = random.nextDouble() < share;
                boolean carries =
                        exact ? i < Math.round(share * order.size()) : drawn && !replacesOwn(order.get(i), property);
                changed.put(order.get(i), carries ? order.get(i).with(property) : order.get(i));
            }
            return plain.stream().map(changed::get).toList();
        }

        /** Whether a property would take the place of one that the picture's class is tied to. */
        private boolean replacesOwn(Picture picture, Property property) {
            return recipe.ties().stream()
                    .filter(tie -> tie.label().equals(picture.label()) && picture.carries(tie.property()))
                    .anyMatch(tie -> !picture.with(property).carries(tie.property()));
        }

        /** Carriers of a tied class of which some show another species. */
        private List<Picture> withStrangers(String split, String label, List<Picture> dealt) {
            Map<Picture, Picture> changed = new HashMap<>();
            for (Tie tie : recipe.ties()) {
                List<Picture> carriers = dealt.stream()
                        .filter(picture -> tie.label().equals(label) && picture.carries(tie.property()))
                        .toList();
                List<Picture> order =
                        lot.shuffled(carriers, "strangers of " + tie.property().text(), split + label);
                for (Picture carrier : order.subList(0, (int) Math.round(tie.strangers() * order.size()))) {
                    if (!changed.containsKey(carrier)) {
                        stranger(carrier).ifPresent(picture -> changed.put(carrier, picture));
                    }
                }
            }
            return dealt.stream()
                    .map(picture -> changed.getOrDefault(picture, picture))
                    .toList();
        }

        /** The same with a spare photograph of another species, if any is left. */
        private Optional<Picture> stranger(Picture picture) {
            List<Path> others = spare.entrySet().stream()
                    .filter(each -> !each.getKey().equals(picture.label()))
                    .flatMap(each -> each.getValue().stream())
                    .toList();
            if (others.isEmpty()) {
                return Optional.empty();
            }
            Path other = others.get(lot.of("stranger", picture.path()).nextInt(others.size()));
            String species = spare.entrySet().stream()
                    .filter(each -> each.getValue().remove(other))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
            return Optional.of(new Picture(
                    picture.path(), picture.label(), species, other, null, picture.background(), picture.properties()));
        }
    }
}
