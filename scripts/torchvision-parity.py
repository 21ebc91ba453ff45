"""Grad-CAM of torchvision's classifier families: Gazecheck on their ONNX exports beside PyTorch in double precision.

  scripts/torchvision-parity.py [--families NAME,...] [--opsets 13,17] [--images FOLDER] [--draws N] [--threads N]

Debian: apt-get install python3-torch python3-torchvision. For each network and opset, at the default layer, an earlier one and one
inside a branch: the largest difference of a map by its range, beside that of PyTorch's own single precision. It must be at most
1e-4, or ten times that of single precision. Weights are drawn again until no map hangs on a kink: where every layer's output is
disturbed by 1e-6 of its spread, no map changes by more than 1e-4 of its range (its sensitivity); of --draws that all do, the
steadiest is taken. Ends with 1 where something is missed.
"""
import argparse
import glob
import os
import re
import subprocess
import sys
import tempfile

import numpy as np
import torch
from torchvision.transforms import functional

import torchvision_networks as networks

IMAGES = 4
TOLERANCE = 1e-4
SINGLE = 10
DISTURBANCE = 1e-6
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def photographs(folder, side):
    from PIL import Image

    files = sorted(glob.glob(os.path.join(folder, "**", "*.jpg"), recursive=True))[:IMAGES]
    if len(files) < IMAGES:
        raise SystemExit(f"{folder} has fewer than {IMAGES} .jpg files")
    rows = []
    for file in files:
        image = functional.resize(Image.open(file).convert("RGB"), side)
        rows.append(functional.normalize(functional.to_tensor(functional.center_crop(image, side)), MEAN, STD))
    return torch.stack(rows)


def drawn(side):
    """Smooth colours with edges and grain."""
    generator = torch.Generator().manual_seed(1)
    coarse = torch.rand(IMAGES, 3, 7, 7, generator=generator)
    images = torch.nn.functional.interpolate(coarse, side, mode="bicubic", align_corners=False)
    rows = torch.arange(side).view(1, 1, -1, 1)
    edge = (rows + torch.arange(side).view(1, 1, 1, -1) > side * torch.rand(IMAGES, 1, 1, 1, generator=generator) * 2).float()
    images = images * (0.6 + 0.4 * edge) + 0.05 * torch.randn(images.shape, generator=generator)
    return functional.normalize(images.clamp(0, 1), MEAN, STD)


def maps(network, images, layers, kind):
    """Logits, and the maps of the predicted class at each layer."""
    kept = {}
    hooks = [
        network.get_submodule(layer).register_forward_hook(lambda m, i, o, layer=layer: kept.update({layer: o}))
        for layer in layers
    ]
    images = images.clone().requires_grad_(True)
    logits = network(images)
    for hook in hooks:
        hook.remove()
    score = logits.gather(1, logits.argmax(1, keepdim=True)).sum()
    gradients = torch.autograd.grad(score, [kept[layer] for layer in layers], allow_unused=True)
    found = []
    for layer, gradient in zip(layers, gradients):
        activations = kept[layer].detach()
        gradient = torch.zeros_like(activations) if gradient is None else gradient
        found.append(networks.cam(activations, gradient, kind).detach().double().numpy())
    return logits.detach().double().numpy(), found


def difference(found, expected):
    """Of the range of each map, the largest."""
    if found.shape != expected.shape:
        return float("inf")
    flat = expected.reshape(len(expected), -1)
    spread = flat.max(1) - flat.min(1)
    off = np.abs(found.reshape(flat.shape) - flat).max(1)
    return float((off / np.maximum(spread, 1e-30)).max())


def disturbed(network, images, layers, kind):
    generator = torch.Generator().manual_seed(2)

    def disturb(module, inputs, output):
        if not isinstance(output, torch.Tensor) or not output.is_floating_point():
            return output
        noise = torch.randn(output.shape, generator=generator, dtype=output.dtype)
        return output + DISTURBANCE * output.detach().std() * noise

    hooks = [m.register_forward_hook(disturb) for m in network.modules() if not list(m.children())]
    try:
        return maps(network, images, layers, kind)[1]
    finally:
        for hook in hooks:
            hook.remove()


def settled(name, images, layers, kind, draws):
    """The first network whose maps hang on no kink, or the steadiest of all, in double precision, with its logits and maps."""
    best = None
    for seed in range(draws):
        network = networks.prepare(networks.build(name, seed), images).double()
        logits, exact = maps(network, images.double(), layers, kind)
        moved = disturbed(network, images.double(), layers, kind)
        sensitivity = max(difference(b, a) for a, b in zip(exact, moved))
        if np.unique(logits.argmax(1)).size > 1 and (best is None or sensitivity < best[3]):
            best = network, logits, exact, sensitivity
            if sensitivity < TOLERANCE:
                break
    if best is None:
        raise SystemExit(f"{name}: in {draws} draws every network gave one class for all images")
    return best


def explain(file, tensor, layer, threads):
    """Gazecheck's raw maps and logits, and the layer that it took."""
    with tempfile.TemporaryDirectory() as out:
        line = os.environ.get("GAZECHECK", "./gazecheck").split()
        line += ["explain", "--model", file, "--tensor", tensor, "--npy", out, "--method", "gradcam"]
        line += ["--logits", "logits"] + (["--layer", layer] if layer else [])
        done = subprocess.run(line, capture_output=True, text=True, env=dict(os.environ, GAZECHECK_THREADS=str(threads)))
        if done.returncode != 0:
            return (done.stderr or done.stdout).strip().splitlines()[-1], None, None
        said = re.search(r"maps are of '([^']*)'", done.stdout + done.stderr)
        found = np.stack([np.load(os.path.join(out, f"{i}.npy")) for i in range(IMAGES)])
        return (said.group(1) if said else layer), found.astype(np.float64), np.load(os.path.join(out, "logits.npy"))


def judge(what, found, expected, single):
    if found is None:
        return f"{what} REFUSED", False
    off = difference(found, expected)
    good = off <= max(TOLERANCE, SINGLE * single)
    return f"{what} {off:.1e} (single precision {single:.1e}){'' if good else ' WRONG'}", good


def check(name, opset, images, folder, arguments):
    """One line, and how many of the three layers are right."""
    threads = arguments.threads
    defaults, earlier, branch, kind = networks.NETWORKS[name]
    layers = defaults + [earlier, branch]
    network, logits, exact, sensitivity = settled(name, images, layers, kind, arguments.draws)
    network = network.float()
    single = maps(network, images, layers, kind)[1]
    deviations = [difference(a, b) for a, b in zip(single, exact)]
    file = os.path.join(folder, f"{name}-{opset}.onnx")
    tensor = os.path.join(folder, f"{name}.npy")
    networks.export(network, images, layers, file, opset)
    np.save(tensor, images.numpy())
    parts, right = [], []
    chosen, found, given = explain(file, tensor, None, threads)
    known = [i for i in range(len(defaults)) if f"layer{i}" == chosen]
    if found is not None and not known:
        known = [i for i in range(len(layers)) if exact[i].shape == found.shape]
        known = sorted(known, key=lambda i: difference(found, exact[i]))[:1]
    text, good = judge(
        f"default {chosen}", found if known else None, exact[known[0]] if known else None, deviations[known[0]] if known else 0
    )
    parts.append(text)
    right.append(good)
    if given is not None:
        parts.append(f"logits {np.abs(given - logits).max():.1e}")
    for i in (len(defaults), len(defaults) + 1):
        said, found, _ = explain(file, tensor, f"layer{i}", threads)
        text, good = judge(layers[i], found, exact[i], deviations[i])
        parts.append(text if found is not None else f"{text}: {said}")
        right.append(good)
    print(f"{name} opset {opset}, sensitivity {sensitivity:.1e}: " + "; ".join(parts), flush=True)
    os.remove(file)
    return right


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--families", default=",".join(networks.NETWORKS))
    parser.add_argument("--opsets", default="13,17")
    parser.add_argument("--images")
    parser.add_argument("--draws", type=int, default=12)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    missed = False
    for opset in map(int, arguments.opsets.split(",")):
        counts = np.zeros(3, dtype=int)
        names = arguments.families.split(",")
        for name in names:
            side = networks.sizes(name)
            images = photographs(arguments.images, side) if arguments.images else drawn(side)
            with tempfile.TemporaryDirectory() as folder:
                counts += np.array(check(name, opset, images, folder, arguments), dtype=int)
        print(f"opset {opset}: of {len(names)} networks right at the default layer {counts[0]}, earlier {counts[1]}, in a branch {counts[2]}")
        missed |= bool((counts < len(names)).any())
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
