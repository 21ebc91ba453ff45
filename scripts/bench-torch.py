"""PyTorch's side of the benchmark: does on request what Gazecheck does, and says how long it took.

One JSON object a line on standard input, one answer a line on standard output:
  {"do": "open", "task": ..., "layout": "default" or "channels_last", "folder": ..., "size": ..., "batch": ..., ...}
  {"do": "measure", "iterations": k}   -> {"seconds": s}
  {"do": "outputs"}                    -> {"NAME": {"shape": [...], "file": ...}, ...}
The folder holds the network's folded weights and the inputs, as .npy and raw bytes.
"""
import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

EPSILON = 1e-6


def load(folder, name):
    return torch.from_numpy(np.load(os.path.join(folder, name + ".npy")))


class Conv(torch.nn.Module):
    """A convolution with batch norm folded into it."""

    def __init__(self, folder, spec, layout):
        super().__init__()
        memory = torch.channels_last if layout == "channels_last" else torch.contiguous_format
        weight = load(folder, spec["name"] + ".weight").to(memory_format=memory)
        self.weight = torch.nn.Parameter(weight)
        self.bias = torch.nn.Parameter(load(folder, spec["name"] + ".bias"))
        self.stride, self.padding = spec["stride"], spec["padding"]

    def forward(self, x):
        return F.conv2d(x, self.weight, self.bias, self.stride, self.padding)


class Residual(torch.nn.Module):
    def __init__(self, folder, spec, layout):
        super().__init__()
        self.path = torch.nn.ModuleList(Conv(folder, c, layout) for c in spec["path"])
        self.shortcut = Conv(folder, spec["shortcut"], layout) if spec["shortcut"] else None

    def forward(self, x):
        y = x
        for convolution in self.path[:-1]:
            y = F.relu(convolution(y), inplace=True)
        y = self.path[-1](y)
        y = y + (x if self.shortcut is None else self.shortcut(x))
        return F.relu(y, inplace=True)


class ResNet(torch.nn.Module):
    def __init__(self, folder, layout):
        super().__init__()
        with open(os.path.join(folder, "network.json")) as file:
            spec = json.load(file)
        self.layout = layout
        self.stem = Conv(folder, spec["stem"], layout)
        self.stages = torch.nn.ModuleList(
            torch.nn.Sequential(*(Residual(folder, r, layout) for r in stage)) for stage in spec["stages"]
        )
        self.weight = torch.nn.Parameter(load(folder, "fc.weight"))
        self.bias = torch.nn.Parameter(load(folder, "fc.bias"))
        self.mean = torch.tensor(spec["mean"]).view(1, 3, 1, 1)
        self.std = torch.tensor(spec["std"]).view(1, 3, 1, 1)

    def image(self, pixels):
        """uint8 [n, h, w, 3] to normalised [n, 3, h, w]."""
        x = pixels.permute(0, 3, 1, 2).to(torch.float32)
        x = (x / 255 - self.mean) / self.std
        memory = torch.channels_last if self.layout == "channels_last" else torch.contiguous_format
        return x.contiguous(memory_format=memory)

    def upto(self, x, stages):
        x = F.max_pool2d(F.relu(self.stem(x), inplace=True), 3, 2, 1)
        for stage in self.stages[:stages]:
            x = stage(x)
        return x

    def head(self, activations):
        root = torch.sqrt(activations.mean(dim=(2, 3)) + EPSILON)
        return F.linear(root / root.norm(dim=1, keepdim=True), self.weight, self.bias)


def cam(activations, gradients):
    """Grad-CAM before its ReLU: [n, h, w]."""
    return (gradients.mean(dim=(2, 3), keepdim=True) * activations).sum(dim=1)


def picked(logits, classes):
    return logits.gather(1, classes.view(-1, 1)).sum()


class Images:
    """Forward passes and Grad-CAM over pixels."""

    def __init__(self, request):
        folder, size, batch = request["folder"], request["size"], request["batch"]
        self.task = request["task"]
        self.network = ResNet(folder, request["layout"]).eval()
        self.network.requires_grad_(self.task == "gradcam-usual")
        raw = np.fromfile(os.path.join(folder, f"pixels-{size}.bin"), dtype=np.uint8)
        self.pixels = torch.from_numpy(raw.reshape(-1, size, size, 3)[:batch])
        self.labels = torch.tensor(request["labels"][:batch])

    def run(self):
        network = self.network
        x = network.image(self.pixels)
        if self.task == "forward":
            with torch.no_grad():
                return {"logits": network.head(network.upto(x, len(network.stages))).numpy()}
        if self.task == "gradcam-usual":
            return self.usual(x)
        last = len(network.stages)
        stages = last if self.task == "gradcam" else last - 1
        with torch.no_grad():
            activations = network.upto(x, stages)
        activations.requires_grad_(True)
        logits = network.head(network.stages[last - 1](activations) if stages < last else activations)
        predicted = logits.argmax(dim=1)
        maps = []
        for target in (predicted, self.labels):
            (gradient,) = torch.autograd.grad(picked(logits, target), activations, retain_graph=True)
            maps.append(cam(activations.detach(), gradient).numpy())
        return {"logits": logits.detach().numpy(), "predicted": maps[0], "true": maps[1]}

    def usual(self, x):
        """As pytorch-grad-cam does it, but with one forward pass for both classes."""
        network = self.network
        kept = {}
        activations = network.upto(x, len(network.stages))
        activations.register_hook(lambda gradient: kept.update(gradient=gradient))
        logits = network.head(activations)
        predicted = logits.argmax(dim=1)
        maps = []
        for target in (predicted, self.labels):
            network.zero_grad()
            picked(logits, target).backward(retain_graph=True)
            maps.append(cam(activations.detach(), kept["gradient"]).numpy())
        return {"logits": logits.detach().numpy(), "predicted": maps[0], "true": maps[1]}


class FineTuning:
    """Steps of AdamW on the last stage and the head, on kept activations of the stage before."""

    def __init__(self, request):
        folder = request["folder"]
        self.network = ResNet(folder, request["layout"])
        self.stage = self.network.stages[-1]
        self.inputs = np.load(os.path.join(folder, "activations.npy"))
        self.targets = load(folder, "targets")
        decayed = [p for p in self.stage.parameters() if p.dim() > 1]
        plain = [p for p in self.stage.parameters() if p.dim() == 1]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": decayed, "lr": 1e-4, "weight_decay": 0.02},
                {"params": plain, "lr": 1e-4, "weight_decay": 0.0},
                {"params": [self.network.weight], "lr": 1e-3, "weight_decay": 0.02},
                {"params": [self.network.bias], "lr": 1e-3, "weight_decay": 0.0},
            ]
        )
        self.losses = []

    def run(self):
        memory = torch.channels_last if self.network.layout == "channels_last" else torch.contiguous_format
        x = torch.from_numpy(self.inputs).contiguous(memory_format=memory)
        self.optimiser.zero_grad(set_to_none=True)
        logits = self.network.head(self.stage(x))
        loss = -(F.log_softmax(logits, dim=1) * self.targets).sum(dim=1).mean()
        loss.backward()
        self.optimiser.step()
        self.losses.append(loss.item())
        return {"losses": np.array(self.losses[:5], dtype=np.float32)}


class External:
    """Grad-CAM of one of torchvision's networks at one layer; parameters have no gradients, and nothing before the layer is recorded."""

    def __init__(self, request):
        import torchvision_networks as networks

        name, layer = request["network"], request["layer"]
        folder, self.only = request["folder"], request["backward"]
        self.kind = "tokens" if name.startswith("vit") else "nchw"
        self.cam = networks.cam
        side = networks.sizes(name)
        # Coarse fields of colour: of noise all images look alike to a network, and logits that hardly differ are mostly rounding.
        coarse = torch.rand(request["batch"], 3, 5, 5, generator=torch.Generator().manual_seed(1)) * 6 - 3
        images = torch.nn.functional.interpolate(coarse, size=(side, side), mode="bilinear")
        network = networks.prepare(networks.build(name, 0, 1000), images)
        file = os.path.join(folder, name + ".onnx")
        if not os.path.exists(os.path.join(folder, name + "." + layer)):
            networks.export(network, images, [layer], file, 17)
            np.save(os.path.join(folder, name + ".npy"), images.numpy())
            open(os.path.join(folder, name + "." + layer), "w").close()
        memory = torch.channels_last if request["layout"] == "channels_last" else torch.contiguous_format
        self.network = network.requires_grad_(False).to(memory_format=memory)
        self.images = images.to(memory_format=memory)
        self.kept = None
        network.get_submodule(layer).register_forward_hook(self.cut)
        self.forward()

    def cut(self, module, inputs, output):
        self.kept = output.detach().requires_grad_(True)
        return self.kept

    def forward(self):
        self.logits = self.network(self.images)
        self.score = self.logits.gather(1, self.logits.argmax(1, keepdim=True)).sum()

    def run(self):
        if not self.only:
            self.forward()
        (gradient,) = torch.autograd.grad(self.score, self.kept, retain_graph=self.only)
        maps = self.cam(self.kept.detach(), gradient, self.kind)
        return {"logits": self.logits.detach().numpy(), "maps": maps.numpy()}


def main():
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    work = None
    outputs = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "open":
            kinds = {"finetune-layer4": FineTuning, "gradcam-external": External}
            work = kinds.get(request["task"], Images)(request)
            folder = request["folder"]
            answer = {}
        elif request["do"] == "measure":
            began = time.perf_counter()
            for _ in range(request["iterations"]):
                outputs = work.run()
            answer = {"seconds": time.perf_counter() - began}
        else:
            answer = {}
            for name, array in outputs.items():
                file = os.path.join(folder, f"torch-{name}.npy")
                np.save(file, np.ascontiguousarray(array, dtype=np.float32))
                answer[name] = file
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
