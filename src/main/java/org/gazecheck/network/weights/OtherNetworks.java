package org.gazecheck.network.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Networks that are no ResNet of the published kind, by the names of their tensors. */
final class OtherNetworks {
    private static final Map<Pattern, String> KINDS = new LinkedHashMap<>();

    static {
        add("[./]?(?:_packed_params|zero_point|weight_scale|absmax|qweight)(?:[./].*)?$", "a quantised network");
        add("\\.lora_", "an adapter (LoRA), not a network");
        add(
                "\\.parametrizations\\.|\\.weight_[gvuo]",
                "a network with re-parametrised weights (weight or spectral norm)");
        add(
                "stem\\.norm|stages\\.\\d+\\.blocks\\.\\d+\\.norm[13]\\.weight",
                "a ResNet with pre-activation (timm's resnetv2)");
        add("\\.(?:se|se_module)\\.", "a network with squeeze and excitation (timm's seresnet, RegNet Y)");
        add("\\.(?:eca|cbam|attn_conv)\\.", "a ResNet with attention in its blocks");
        add(
                "(?:^|[./])conv1\\.(?:0|3|6)\\.weight",
                "a ResNet with a deep stem of three convolutions (timm's resnet50d, 50c, 50s, 50t)");
        add("downsample\\.2\\.", "a ResNet whose shortcuts pool before their convolution (timm's resnet50d)");
        add("\\.convs\\.\\d", "a Res2Net");
        add("attnpool\\.", "CLIP's ResNet, with attention in place of the pooling");
        add("res[2-5]\\.\\d+\\.", "Detectron2's ResNet");
        add("group\\d?\\.layer|res_layers|bottleneck_layer", "a network in another naming");
        add("layers\\.\\d+\\.blocks\\.\\d+\\.attn", "a Swin transformer");
        add("\\.attn\\.|\\.attention\\.|self_attention|patch_embed|cls_token", "a vision transformer");
        add("dwconv|conv_dw\\.|layer_scale|\\.gamma$", "a ConvNeXt");
        add("denseblock", "a DenseNet");
        add("Mixed_\\d|inception\\d", "an Inception network");
        add(
                "conv_pw|_expand_conv|_depthwise_conv|features\\.\\d+\\.(?:\\d+\\.)?block|features\\.\\d+\\.conv\\.",
                "an EfficientNet or a MobileNet");
        add("features\\.\\d+\\.(?:weight|\\d+\\.weight)", "a VGG or an AlexNet");
    }

    private OtherNetworks() {}

    private static void add(String names, String kind) {
        KINDS.put(Pattern.compile(names), kind);
    }

    /** What has tensors of such names. */
    static Optional<String> kind(Set<String> names) {
        return KINDS.entrySet().stream()
                .filter(kind -> names.stream()
                        .anyMatch(name -> kind.getKey().matcher(name).find()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
