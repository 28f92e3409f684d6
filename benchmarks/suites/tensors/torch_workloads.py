"""The workloads of this suite in PyTorch on one thread.

Reads lines "name steps" and answers each with CPU milliseconds a step and the last loss.
"""
import math
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(8)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.project, self.join = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.widen, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, mask):
        batch, steps, width = x.shape
        apart = lambda t: t.reshape(batch, steps, self.heads, -1).transpose(1, 2)
        q, k, v = (apart(t) for t in self.project(self.first(x)).chunk(3, -1))
        weights = (q @ k.transpose(-1, -2) / (width // self.heads) ** 0.5 + mask).softmax(-1)
        x = x + self.join((weights @ v).transpose(1, 2).reshape(batch, steps, width))
        return x + self.narrow(F.gelu(self.widen(self.second(x))))


class Transformer(nn.Module):
    def __init__(self, width=256, layers=4, heads=8, steps=32, vocabulary=40):
        super().__init__()
        self.tokens, self.places = nn.Embedding(vocabulary, width), nn.Parameter(0.02 * torch.randn(steps, width))
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.last, self.head = nn.LayerNorm(width), nn.Linear(width, vocabulary)
        self.register_buffer("mask", torch.triu(torch.full((steps, steps), float("-inf")), 1))

    def forward(self, ids):
        x = self.tokens(ids) + self.places
        for block in self.blocks:
            x = block(x, self.mask)
        return self.head(self.last(x))


def mlp():
    model = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 1))
    x = torch.randn(1024, 64)
    y = torch.sin(x[:, :1]) + 0.5 * x[:, 1:2]
    return model, lambda: F.mse_loss(model(x), y)


def transformer():
    model = Transformer()
    ids = torch.arange(64 * 33).reshape(64, 33) * 7 % 40
    return model, lambda: F.cross_entropy(model(ids[:, :-1]).reshape(-1, 40), ids[:, 1:].reshape(-1))


class SplineCoupling(nn.Module):
    """Half the columns steer a rational-quadratic spline of the others, as in nflows; 64-64 with relu, 8 bins, tails at 4."""

    def __init__(self, first, dimension=6, bins=8, bound=4.0, minimum=1e-3):
        super().__init__()
        half = dimension // 2
        self.first, self.bins, self.bound, self.minimum = first, bins, bound, minimum
        layers = [nn.Linear(half, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, half * (3 * bins - 1))]
        self.net = nn.Sequential(*layers)
        with torch.no_grad():
            self.net[-1].weight.mul_(0.01)
            self.net[-1].bias.zero_()

    def forward(self, x):
        kept, moved = x.chunk(2, -1) if self.first else x.chunk(2, -1)[::-1]
        raw = self.net(kept).reshape(*moved.shape, -1)
        values, logs = self.spline(moved, raw)
        parts = [kept, values] if self.first else [values, kept]
        return torch.cat(parts, -1), logs.sum(-1)

    def spline(self, x, raw):
        bins, bound, minimum = self.bins, self.bound, self.minimum
        inside = (x >= -bound) & (x <= bound)
        out, logs = x.clone(), torch.zeros_like(x)
        at, raw = x[inside], raw[inside]
        widths, heights, slopes = raw[:, :bins], raw[:, bins : 2 * bins], raw[:, 2 * bins :]

        def knots(part):
            share = minimum + (1 - minimum * bins) * F.softmax(part, dim=-1)
            edges = 2 * bound * F.pad(torch.cumsum(share, dim=-1), (1, 0)) - bound
            return edges, edges[:, 1:] - edges[:, :-1]

        xs, widths = knots(widths)
        ys, heights = knots(heights)
        # Slope 1 at both ends.
        d = minimum + F.softplus(F.pad(slopes, (1, 1)) + math.log(math.expm1(1 - minimum)))
        k = torch.searchsorted(xs[:, 1:-1].contiguous(), at[:, None], right=True)
        pick = lambda t: t.gather(-1, k)[:, 0]
        width, height, d0, d1 = pick(widths), pick(heights), pick(d), pick(d[:, 1:])
        s = height / width
        t = (at - pick(xs)) / width
        tu = t * (1 - t)
        under = s + (d0 + d1 - 2 * s) * tu
        rise = s.pow(2) * (d1 * t.pow(2) + 2 * s * tu + d0 * (1 - t).pow(2))
        out[inside] = pick(ys) + height * (s * t.pow(2) + d0 * tu) / under
        logs[inside] = torch.log(rise) - 2 * torch.log(under)
        return out, logs


def rqs():
    model = nn.ModuleList(SplineCoupling(i % 2 == 0) for i in range(6))
    a = torch.randn(1024, 6)
    # Columns that depend on each other, so that there is something to learn.
    x = torch.cat([a[:, :3], 0.5 * a[:, 3:] + a[:, :3] ** 2 - 1], -1)

    def loss():
        z, total = x, 0
        for layer in model:
            z, logs = layer(z)
            total = total + logs
        return (0.5 * (z**2).sum(-1) + 3 * math.log(2 * math.pi) - total).mean()

    return model, loss


def training(build):
    model, loss_of = build()
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    count = sum(p.numel() for p in model.parameters())

    def step():
        optimiser.zero_grad()
        loss = loss_of()
        loss.backward()
        optimiser.step()
        return loss.item()

    return step, count


def product():
    a, b = torch.randn(512, 512), torch.randn(512, 512)
    return (lambda: (a @ b)[0, 0].item()), 0


BUILDS = {
    "mlp": lambda: training(mlp),
    "rqs": lambda: training(rqs),
    "transformer": lambda: training(transformer),
    "gemm": product,
}
built = {}
for line in sys.stdin:
    name, steps = line.split()
    if name not in built:
        built[name] = BUILDS[name]()
        built[name][0]()
    step, count = built[name]
    started = time.process_time()
    for _ in range(int(steps)):
        loss = step()
    print(1000 * (time.process_time() - started) / int(steps), loss, count, flush=True)
