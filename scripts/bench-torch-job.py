"""PyTorch's side of the benchmark's job: from a folder of images to a trained probe, its accuracy and heatmaps.

  bench-torch-job.py NETWORK_FOLDER LAYOUT IMAGES OUT

Features of the training images and their mirror images through the frozen network, logistic regression (L-BFGS) at three
strengths of which the best on val is taken, then predictions and Grad-CAM at layer4 of the predicted and the true class
for val and test, the backward pass stopped at layer4. Files are decoded by two worker processes (PIL). No report.
"""
import json
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
worker = __import__("bench-torch")

SIZE = 224
BATCH = 32
STRENGTHS = (1e-5, 1e-6, 1e-7)
SMOOTHING = 0.1


class Images(torch.utils.data.Dataset):
    def __init__(self, root, splits):
        names = sorted(os.listdir(os.path.join(root, "train")))
        self.classes = len(names)
        self.items = [
            (os.path.join(root, split, name, file), label)
            for split in splits
            for label, name in enumerate(names)
            for file in sorted(os.listdir(os.path.join(root, split, name)))
        ]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        path, label = self.items[index]
        with Image.open(path) as file:
            image = file.convert("RGB")
        width, height = image.size
        short = min(width, height)
        image = image.resize((SIZE * width // short, SIZE * height // short), Image.BILINEAR)
        left, top = round((image.width - SIZE) / 2), round((image.height - SIZE) / 2)
        pixels = np.asarray(image.crop((left, top, left + SIZE, top + SIZE)))
        return torch.from_numpy(pixels.copy()), label


def batches(images):
    return torch.utils.data.DataLoader(images, batch_size=BATCH, num_workers=2)


def unit(features):
    root = torch.sqrt(features + worker.EPSILON)
    return root / root.norm(dim=1, keepdim=True)


def features(network, images, mirror):
    rows, labels = [], []
    with torch.no_grad():
        for pixels, label in batches(images):
            for view in (pixels, pixels.flip(2)) if mirror else (pixels,):
                x = network.upto(network.image(view), len(network.stages))
                rows.append(unit(x.mean(dim=(2, 3))))
                labels.append(label)
    return torch.cat(rows), torch.cat(labels)


def fit(train, labels, val, val_labels, classes):
    """The weights of the strength that is best on val."""
    targets = F.one_hot(labels, classes).double() * (1 - SMOOTHING) + SMOOTHING / classes
    x = train.double()
    weight = torch.zeros(classes, x.shape[1], dtype=torch.double, requires_grad=True)
    bias = torch.zeros(classes, dtype=torch.double, requires_grad=True)
    best = None
    for strength in STRENGTHS:
        optimiser = torch.optim.LBFGS(
            [weight, bias], max_iter=400, tolerance_grad=1e-8, tolerance_change=1e-9, line_search_fn="strong_wolfe"
        )

        def loss():
            optimiser.zero_grad()
            logits = x @ weight.t() + bias
            value = -(F.log_softmax(logits, dim=1) * targets).sum(dim=1).mean() + strength * (weight**2).sum()
            value.backward()
            return value

        optimiser.step(loss)
        with torch.no_grad():
            logits = val.double() @ weight.t() + bias
            score = (
                (logits.argmax(dim=1) == val_labels).double().mean().item(),
                -F.cross_entropy(logits, val_labels).item(),
            )
            if best is None or score > best[0]:
                best = (score, weight.float().clone(), bias.float().clone())
    return best[1], best[2]


def evaluate(network, images):
    logits, labels, maps = [], [], [[], []]
    for pixels, label in batches(images):
        with torch.no_grad():
            activations = network.upto(network.image(pixels), len(network.stages))
        activations.requires_grad_(True)
        scores = network.head(activations)
        for target, found in zip((scores.argmax(dim=1), label), maps):
            (gradient,) = torch.autograd.grad(worker.picked(scores, target), activations, retain_graph=True)
            found.append(worker.cam(activations.detach(), gradient))
        logits.append(scores.detach())
        labels.append(label)
    return torch.cat(logits), torch.cat(labels), [torch.cat(found) for found in maps]


def main():
    folder, layout, root, out = sys.argv[1:]
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    network = worker.ResNet(folder, layout).eval()
    network.requires_grad_(False)
    train = Images(root, ["train"])
    x, labels = features(network, train, True)
    val, val_labels = features(network, Images(root, ["val"]), False)
    weight, bias = fit(x, labels, val, val_labels, train.classes)
    network.weight, network.bias = torch.nn.Parameter(weight, False), torch.nn.Parameter(bias, False)
    logits, labels, maps = evaluate(network, Images(root, ["val", "test"]))
    np.save(os.path.join(out, "probabilities.npy"), F.softmax(logits, dim=1).numpy())
    np.save(os.path.join(out, "predicted.npy"), maps[0].numpy())
    np.save(os.path.join(out, "true.npy"), maps[1].numpy())
    test = len(Images(root, ["test"]))
    right = (logits.argmax(dim=1) == labels)[-test:]
    with open(os.path.join(out, "metrics.json"), "w") as file:
        json.dump({"top1": right.double().mean().item(), "torch": torch.__version__}, file)


main()
