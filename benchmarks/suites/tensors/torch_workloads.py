"""The workloads of this suite in PyTorch on one thread.

Reads lines "name steps" and answers each with CPU milliseconds a step and the last loss.
"""
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


BUILDS = {"mlp": lambda: training(mlp), "transformer": lambda: training(transformer), "gemm": product}
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
