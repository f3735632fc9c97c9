"""Cross-entropy over the vocabulary without ever holding all logits.

Logits of 3,000 tokens over 16,000 words take 190 MB, several times over with their gradients; on a
processor it is the way to memory that then costs the time. Here a few hundred tokens go at a time.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

_CHUNK = {"cpu": 256, "cuda": 8192}  # tokens


def smoothed(
    states: Tensor,
    weight: Tensor,
    bias: Tensor,
    targets: Tensor,
    smoothing: float,
    kind: torch.dtype,
) -> Tensor:
    """Return the mean loss of projecting states, (tokens, width), to targets, (tokens,).

    ``smoothing`` of the weight goes to all words alike; matrices are multiplied in ``kind``.
    """
    loss: Tensor = _Smoothed.apply(states, weight, bias, targets, smoothing, kind)
    return loss


class _Smoothed(torch.autograd.Function):
    """Make the gradients together with the loss, as both need the same logits."""

    @staticmethod
    def forward(
        ctx: Any,
        states: Tensor,
        weight: Tensor,
        bias: Tensor,
        targets: Tensor,
        smoothing: float,
        kind: torch.dtype,
    ) -> Tensor:
        chunk = _CHUNK[states.device.type]
        matrix, offsets = weight.to(kind), bias.to(kind)
        loss = states.new_zeros((), dtype=torch.float32)
        to_states, to_weight, to_bias = (torch.zeros_like(x) for x in (states, weight, bias))
        for rows, part, target in zip(
            states.to(kind).split(chunk),
            to_states.split(chunk),
            targets[:, None].split(chunk),
            strict=True,
        ):
            logits = F.linear(rows, matrix, offsets).float()
            total = logits.logsumexp(-1, keepdim=True)
            aim = (1 - smoothing) * logits.gather(1, target) + smoothing * logits.mean(1, True)
            loss += (total - aim).sum()
            slope = logits.sub_(total).exp_().sub_(smoothing / len(weight))
            slope.scatter_add_(1, target, torch.full_like(total, smoothing - 1))
            to_bias += slope.sum(0)
            slope = slope.to(kind)
            part.copy_(slope @ matrix)
            to_weight += slope.T @ rows
        ctx.save_for_backward(to_states, to_weight, to_bias)
        ctx.tokens = len(targets)
        return loss / len(targets)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Any:
        scale = grads[0] / ctx.tokens
        return *(gradient * scale for gradient in ctx.saved_tensors), None, None, None
