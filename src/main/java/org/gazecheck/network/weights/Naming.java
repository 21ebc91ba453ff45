package org.gazecheck.network.weights;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a library names the tensors of a ResNet. */
enum Naming {
    /** timm's names of the same networks, too. */
    TORCHVISION("layer1.0.conv1.weight", "torchvision's naming") {
        @Override
        String torchvision(String name) {
            return name;
        }
    },
    /** {@code ResNetModel} and {@code ResNetForImageClassification} of transformers. */
    HUGGING_FACE("encoder.stages.0.layers.0.layer.0.convolution.weight", "Hugging Face's naming") {
        @Override
        String torchvision(String name) {
            String inner = name.startsWith(INNER) ? name.substring(INNER.length()) : name;
            Matcher path = PATH.matcher(inner);
            if (path.matches()) {
                String block = "layer" + (Integer.parseInt(path.group(1)) + 1) + "." + path.group(2) + ".";
                boolean norm = path.group(4).equals("normalization");
                String module = path.group(3).equals("shortcut")
                        ? "downsample." + (norm ? 1 : 0)
                        : (norm ? "bn" : "conv")
                                + (Integer.parseInt(path.group(3).substring(6)) + 1);
                return block + module + "." + path.group(5);
            }
            return inner.replaceFirst("^embedder\\.embedder\\.convolution\\.", "conv1.")
                    .replaceFirst("^embedder\\.embedder\\.normalization\\.", "bn1.")
                    .replaceFirst("^classifier\\.1\\.", "fc.");
        }
    },
    /** {@code nn.Sequential(*resnet.children())}: convolution, batch norm, ReLU, pooling, four stages. */
    SEQUENTIAL("4.0.conv1.weight", "the numbering of an nn.Sequential of torchvision's modules") {
        @Override
        String torchvision(String name) {
            Matcher child = CHILD.matcher(name);
            if (!child.matches()) {
                return name;
            }
            int number = Integer.parseInt(child.group(1));
            String rest = child.group(2);
            return switch (number) {
                case 0 -> "conv1." + rest;
                case 1 -> "bn1." + rest;
                case 4, 5, 6, 7 -> "layer" + (number - 3) + "." + rest;
                case 9 -> "fc." + rest;
                default -> number > 7 ? "head." + name : name;
            };
        }
    };

    static final String INNER = "resnet.";
    private static final Pattern PATH = Pattern.compile(
            "encoder\\.stages\\.(\\d{1,3})\\.layers\\.(\\d{1,3})\\.(layer\\.\\d|shortcut)\\.(convolution|normalization)\\.(.+)");
    private static final Pattern CHILD = Pattern.compile("(\\d{1,2})\\.(.+)");

    private final String first;
    private final String text;

    Naming(String first, String text) {
        this.first = first;
        this.text = text;
    }

    /** The name of the first convolution of the first block, by which a network is found. */
    String first() {
        return first;
    }

    String text() {
        return text;
    }

    /** Torchvision's name for a tensor of the network; of one that is no part of it, its own. */
    abstract String torchvision(String name);
}
