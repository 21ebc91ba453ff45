"""torchvision's classifier families with drawn weights, and their export to ONNX with the values of some layers named.

Weights are drawn, batch norm's statistics are those of the images, and the last dense layer is scaled until logits differ, as
networks that were trained have it; without that, maps hang on numbers that are nearly equal.
"""
import copy

import torch
import torchvision

CLASSES = 10
SPREAD = 2.0

# Where maps are: the layer that is expected as the default (several: any of them), an earlier one, one inside a branch; how a layer
# holds its maps: "nchw", "nhwc" or "tokens" (a class token first). What has no branches has another inner layer in that place.
NETWORKS = {
    "alexnet": (["features.11"], "features.7", "features.8", "nchw"),
    "vgg11": (["features.19"], "features.9", "features.13", "nchw"),
    "resnet18": (["layer4"], "layer3", "layer3.1.conv1", "nchw"),
    "resnext50_32x4d": (["layer4"], "layer2", "layer3.1.bn2", "nchw"),
    "wide_resnet50_2": (["layer4"], "layer3", "layer3.1.conv2", "nchw"),
    "squeezenet1_1": (["classifier.2"], "features.7", "features.9.expand3x3", "nchw"),
    "densenet121": (["features.relu5"], "features.denseblock3", "features.denseblock3.denselayer2.conv1", "nchw"),
    "googlenet": (["inception5b"], "inception4c", "inception4d.branch2.1", "nchw"),
    "inception_v3": (["Mixed_7c"], "Mixed_6c", "Mixed_6d.branch7x7_3", "nchw"),
    "mobilenet_v2": (["features.18"], "features.13", "features.14.conv.1", "nchw"),
    "mobilenet_v3_small": (["features.12"], "features.7", "features.8.block.1", "nchw"),
    "mnasnet0_5": (["layers.16"], "layers.11", "layers.11.1.layers.2", "nchw"),
    "shufflenet_v2_x0_5": (["conv5"], "stage3", "stage3.1.branch2", "nchw"),
    "efficientnet_b0": (["features.8"], "features.5", "features.5.1.block.1", "nchw"),
    "efficientnet_v2_s": (["features.7"], "features.4", "features.5.1.block.1", "nchw"),
    "regnet_x_400mf": (["trunk_output"], "trunk_output.block3", "trunk_output.block3.block3-1.f.a", "nchw"),
    "regnet_y_400mf": (["trunk_output"], "trunk_output.block3", "trunk_output.block3.block3-1.f.a", "nchw"),
    "convnext_tiny": (["features.7"], "features.5", "features.5.1.block", "nchw"),
    "swin_t": (["features.7", "norm"], "features.5", "features.5.1.attn", "nhwc"),
    "swin_v2_t": (["features.7", "norm"], "features.5", "features.5.1.attn", "nhwc"),
    "vit_b_16": (["encoder.layers.encoder_layer_10"], "encoder.layers.encoder_layer_5", "encoder.layers.encoder_layer_5.mlp", "tokens"),
    "maxvit_t": (["blocks.3"], "blocks.2", "blocks.2.layers.1.layers.MBconv", "nchw"),
}


def sizes(name):
    """Side of the images."""
    return 299 if name == "inception_v3" else 224


def build(name, seed, classes=CLASSES):
    """In evaluation mode, with weights of one seed."""
    torch.manual_seed(seed)
    if name == "vit_s_16":
        network = torchvision.models.VisionTransformer(224, 16, 12, 6, 384, 1536, num_classes=classes)
    else:
        more = {}
        if name in ("googlenet", "inception_v3"):
            more = {"aux_logits": False, "init_weights": False, "transform_input": False}
        network = getattr(torchvision.models, name)(weights=None, num_classes=classes, **more)
    if name == "densenet121":
        network.features.add_module("relu5", torch.nn.ReLU())
    for module in network.modules():
        if hasattr(module, "inplace"):
            module.inplace = False
    return network.eval()


def prepare(network, images, spread=SPREAD):
    """Batch norm's statistics from the images, layer scales that matter, logits that differ."""
    norms = [m for m in network.modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)]
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name.endswith("layer_scale"):
                parameter.fill_(0.5)
            elif name.startswith(("heads.head", "head.")) and parameter.dim() == 2:
                parameter.normal_(0, 0.05)
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None
            norm.train()
        if norms:
            network(images)
        for norm in norms:
            norm.eval()
        last = last_layer(network)
        logits = network(images)
        width = (logits.max(0).values - logits.min(0).values).mean()
        last.bias.sub_(logits.mean(0)).mul_(spread / width)
        last.weight.mul_(spread / width)
    return network


def last_layer(network):
    """The last dense layer, or the last convolution where there is none."""
    dense = [m for m in network.modules() if isinstance(m, torch.nn.Linear)]
    return dense[-1] if dense else [m for m in network.modules() if isinstance(m, torch.nn.Conv2d)][-1]


class Tapped(torch.nn.Module):
    """A network that gives the outputs of some of its layers beside the logits."""

    def __init__(self, network, layers):
        super().__init__()
        self.network = network
        self.layers = layers

    def forward(self, images):
        kept = {}
        hooks = []
        for layer in self.layers:
            module = self.network.get_submodule(layer)
            hooks.append(module.register_forward_hook(lambda m, i, o, layer=layer: kept.update({layer: o})))
        logits = self.network(images)
        for hook in hooks:
            hook.remove()
        return (logits, *(kept[layer] for layer in self.layers))


def export(network, images, layers, file, opset):
    """Outputs "logits" and "layer0", "layer1", ...; any number of images. Of a copy: exporting leaves a network changed that it folds."""
    names = ["logits"] + [f"layer{i}" for i in range(len(layers))]
    torch.onnx.export(
        Tapped(copy.deepcopy(network), layers),
        images,
        file,
        opset_version=opset,
        input_names=["images"],
        output_names=names,
        dynamic_axes={name: {0: "n"} for name in ["images"] + names},
    )


def cam(activations, gradients, kind):
    """Grad-CAM before its ReLU, [n, h, w]."""
    if kind == "tokens":
        activations, gradients = activations[:, 1:], gradients[:, 1:]
        maps = (gradients.mean(1, keepdim=True) * activations).sum(2)
        side = int(round(maps.shape[1] ** 0.5))
        return maps.reshape(-1, side, side)
    if kind == "nhwc":
        return (gradients.mean((1, 2), keepdim=True) * activations).sum(3)
    return (gradients.mean((2, 3), keepdim=True) * activations).sum(1)
