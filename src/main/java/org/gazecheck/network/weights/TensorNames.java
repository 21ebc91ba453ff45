package org.gazecheck.network.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gazecheck.io.Printable;
import org.gazecheck.network.WeightsException;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file the tensors of a ResNet are, and how they are named.
 *
 * @param prefix in front of each name: of dictionaries (with slashes) and of modules (with dots); often empty
 * @param names in the file, by torchvision's name; tensors too that are no part of a ResNet but have the prefix
 * @param wrapped whether modules that wrap others stand in the midst of names, which are left out of them
 * @param outside tensors without the prefix
 */
record TensorNames(
        Catalogue catalogue,
        String prefix,
        Naming naming,
        Map<String, String> names,
        boolean wrapped,
        List<String> outside) {
    private static final int SHOWN = 5;

    /** Modules of PyTorch that wrap a module anywhere in a network, and compute what it does. */
    private static final Pattern WRAPPERS = Pattern.compile(
            "(^|[./])(?:_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module|_forward_module|_fpw_module)\\.");

    /**
     * The only network of the file, or the one that is asked for.
     *
     * @param chosen the whole prefix of a network, or parts of it that no other network's has; null: the only one
     * @throws WeightsException when there is none, or more than one
     */
    static TensorNames find(Catalogue catalogue, @Nullable String chosen) throws WeightsException {
        Map<String, String> originals = unwrapped(catalogue);
        Map<String, Naming> found = networks(originals.keySet());
        if (found.isEmpty()) {
            throw new WeightsException(none(catalogue, originals.keySet()));
        }
        String prefix = chosen == null ? only(catalogue, found) : chosen(catalogue, found, chosen);
        Naming naming = found.getOrDefault(prefix, Naming.TORCHVISION);
        Map<String, String> names = new LinkedHashMap<>();
        List<String> outside = new ArrayList<>();
        boolean wrapped = false;
        for (Map.Entry<String, String> name : originals.entrySet()) {
            String rest = name.getKey().startsWith(prefix) ? name.getKey().substring(prefix.length()) : "/";
            if (rest.contains("/")) {
                outside.add(name.getKey());
                continue;
            }
            String twin = names.put(naming.torchvision(rest), name.getValue());
            if (twin != null) {
                throw new WeightsException(catalogue.file() + ": " + shown(twin) + " and " + shown(name.getValue())
                        + " stand for one tensor");
            }
            wrapped |= !name.getKey().equals(name.getValue());
        }
        return new TensorNames(catalogue, prefix, naming, names, wrapped, outside);
    }

    /** The names in the file by those without wrappers. */
    private static Map<String, String> unwrapped(Catalogue catalogue) throws WeightsException {
        Map<String, String> originals = new LinkedHashMap<>();
        for (String name : catalogue.tensors().keySet()) {
            String plain = name;
            for (String before = ""; !before.equals(plain); ) {
                before = plain;
                plain = WRAPPERS.matcher(plain).replaceAll("$1");
            }
            String twin = originals.put(plain, name);
            if (twin != null) {
                throw new WeightsException(catalogue.file() + " holds two networks, one within a wrapper of PyTorch: "
                        + shown(twin) + " and " + shown(name) + " stand for one tensor. In Python, save one alone:"
                        + " torch.save(model.state_dict(), 'weights.pth')");
            }
        }
        return originals;
    }

    private static Map<String, Naming> networks(Set<String> names) {
        Map<String, Naming> found = new LinkedHashMap<>();
        for (String name : names) {
            for (Naming naming : Naming.values()) {
                String prefix = name.endsWith(naming.first())
                        ? name.substring(0, name.length() - naming.first().length())
                        : "none";
                if (naming == Naming.HUGGING_FACE && isPrefix(prefix) && endsWithPart(prefix, Naming.INNER)) {
                    prefix = prefix.substring(0, prefix.length() - Naming.INNER.length());
                }
                boolean sequential = naming != Naming.SEQUENTIAL
                        || names.contains(prefix + "0.weight") && names.contains(prefix + "1.running_mean");
                if (isPrefix(prefix) && sequential) {
                    found.put(prefix, naming);
                }
            }
        }
        return found;
    }

    private static boolean isPrefix(String text) {
        return text.isEmpty() || text.endsWith(".") || text.endsWith("/");
    }

    private static boolean endsWithPart(String prefix, String part) {
        return prefix.endsWith(part) && isPrefix(prefix.substring(0, prefix.length() - part.length()));
    }

    private static String only(Catalogue catalogue, Map<String, Naming> found) throws WeightsException {
        if (found.size() > 1) {
            throw new WeightsException(catalogue.file() + " holds " + found.size() + " ResNets: " + listed(found)
                    + ". Set model.weightsPrefix to one of these, or save one alone in Python:"
                    + " torch.save(model.state_dict(), 'weights.pth')");
        }
        return found.keySet().iterator().next();
    }

    private static String chosen(Catalogue catalogue, Map<String, Naming> found, String chosen)
            throws WeightsException {
        if (found.containsKey(chosen)) {
            return chosen;
        }
        String parts = "." + chosen.replace('/', '.').replaceAll("^\\.|\\.$", "") + ".";
        List<String> fitting = found.keySet().stream()
                .filter(prefix -> !parts.equals("..") && ("." + prefix.replace('/', '.')).contains(parts))
                .toList();
        List<String> exact = fitting.stream()
                .filter(prefix -> ("." + prefix.replace('/', '.')).equals(parts))
                .toList();
        if (exact.size() == 1 || fitting.size() == 1) {
            return exact.size() == 1 ? exact.get(0) : fitting.get(0);
        }
        throw new WeightsException(catalogue.file() + " holds " + (fitting.isEmpty() ? "no ResNet" : "several ResNets")
                + " with model.weightsPrefix '" + Printable.of(chosen) + "': it holds " + listed(found));
    }

    private static String listed(Map<String, Naming> found) {
        String all = found.keySet().stream()
                .limit(2 * SHOWN)
                .map(prefix -> prefix.isEmpty() ? "'' (names without a prefix)" : shown(prefix))
                .collect(Collectors.joining(", "));
        return found.size() > 2 * SHOWN ? all + " and " + (found.size() - 2 * SHOWN) + " more" : all;
    }

    private static String none(Catalogue catalogue, Set<String> names) {
        StringBuilder text = new StringBuilder(catalogue.file().toString());
        text.append(OtherNetworks.kind(names)
                .map(kind -> " holds " + kind + ", which is not read here (external.model takes it as ONNX)")
                .orElse(" holds no ResNet whose names are known"));
        text.append(": there is no ").append(Naming.TORCHVISION.first()).append(" (torchvision, timm) and no ");
        text.append(Naming.HUGGING_FACE.first()).append(" (Hugging Face), after any prefix. ");
        if (names.isEmpty()) {
            text.append("It holds no tensors");
        } else {
            text.append("Its ").append(names.size()).append(" tensors begin with ");
            text.append(names.stream().limit(SHOWN).map(TensorNames::shown).collect(Collectors.joining(", ")));
        }
        if (catalogue.file().getFileName().toString().matches(".*-\\d+-of-\\d+\\..*")) {
            text.append(". By its name it is one of several files of the same weights: save them in one");
        }
        if (!catalogue.objects().isEmpty()) {
            text.append(". Objects in it are not read: ").append(objects(catalogue));
            text.append("; where one of them is the network, in Python,"
                    + " torch.save(model.state_dict(), 'weights.pth') saves its weights");
        }
        return text.toString();
    }

    /** Where objects are and of which classes, in words. */
    static String objects(Catalogue catalogue) {
        String all = catalogue.objects().entrySet().stream()
                .limit(SHOWN)
                .map(object -> shown(object.getKey()) + " (" + Printable.of(object.getValue()) + ")")
                .collect(Collectors.joining(", "));
        int more = catalogue.objects().size() - SHOWN;
        return more > 0 ? all + " and " + more + " more" : all;
    }

    static String shown(String name) {
        return "'" + Printable.of(name) + "'";
    }

    /** @param torchvision the tensor's name in torchvision's naming */
    Optional<TensorInfo> info(String torchvision) {
        return Optional.ofNullable(names.get(torchvision)).map(catalogue.tensors()::get);
    }

    /** Tensors without the prefix, counted by the first part of their names that the prefix does not share. */
    Map<String, Integer> outsideByPart() {
        Map<String, Integer> counts = new TreeMap<>();
        for (String name : outside) {
            int shared = 0;
            for (int i = 0; i < Math.min(name.length(), prefix.length()) && name.charAt(i) == prefix.charAt(i); i++) {
                shared = name.charAt(i) == '.' || name.charAt(i) == '/' ? i + 1 : shared;
            }
            String rest = name.substring(shared).split("[./]", 2)[0];
            counts.merge(name.substring(0, shared) + rest, 1, Integer::sum);
        }
        return counts;
    }
}
