"""A small pre-norm Transformer whose parts are named as CTranslate2 names its variables."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from translations.training.weights import Dims, positions

PAD, UNK, BOS, EOS = range(4)


class Transformer(nn.Module):
    """Translate token numbers; one embedding serves source, target and output.

    ``forward(source, target)`` takes (pairs, length) token numbers padded with PAD, the source
    ending in EOS, the target beginning with BOS, and returns the decoder's states, (pairs, length,
    width); ``project`` makes logits over the vocabulary of them.
    """

    def __init__(self, dims: Dims, dropout: float = 0.1) -> None:
        super().__init__()
        self.dims = dims
        self.encoder = _Stack(dims, dims.encoder, dropout, cross=False)
        self.decoder = _Decoder(dims, dropout)
        self.register_buffer("positions", torch.from_numpy(positions(dims.width)), persistent=False)
        self._dropout = nn.Dropout(dropout)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Return the decoder's states for a whole target."""
        return self.decode(target, *self.encode(source))

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """Return the encoder's states and the mask of the real tokens."""
        mask = (source != PAD)[:, None, None]
        states: Tensor = self.encoder(self._embed(source), mask)
        return states, mask

    def decode(self, target: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Return the decoder's states, each from its tokens up to there."""
        states: Tensor = self.decoder(self._embed(target), None, memory, mask)
        return states

    def project(self, states: Tensor) -> Tensor:
        """Return logits over the vocabulary."""
        return F.linear(states, self.decoder.embeddings.weight, self.decoder.projection.bias)

    def _embed(self, tokens: Tensor) -> Tensor:
        scaled = self.decoder.embeddings(tokens) * math.sqrt(self.dims.width)
        embedded: Tensor = self._dropout(scaled + self.positions[: tokens.shape[1]])
        return embedded


@torch.no_grad()
def greedy(
    model: Transformer, sources: Sequence[Sequence[int]], longest: int = 250
) -> list[list[int]]:
    """Translate token numbers (with their EOS) as one batch, the best token each time."""
    device = model.positions.device
    source = pad(sources).to(device)
    memory, mask = model.encode(source)
    target = torch.full((len(sources), 1), BOS, device=device)
    done = torch.zeros(len(sources), dtype=torch.bool, device=device)
    for _ in range(longest):
        best = model.project(model.decode(target, memory, mask)[:, -1]).argmax(-1)
        best[done] = PAD
        target = torch.cat([target, best[:, None]], 1)
        done |= best == EOS
        if done.all():
            break
    return [[token for token in row if token > EOS] for row in target.tolist()]


def pad(rows: Sequence[Sequence[int]], multiple: int = 1) -> Tensor:
    """Return rows of token numbers as one tensor, filled with PAD to a multiple of a length."""
    length = -(-max(map(len, rows)) // multiple) * multiple
    return torch.tensor([[*row, *[PAD] * (length - len(row))] for row in rows])


class _Stack(nn.Module):
    """Layers and the norm after them."""

    def __init__(self, dims: Dims, layers: int, dropout: float, cross: bool) -> None:
        super().__init__()
        self.layer = nn.ModuleList(_Layer(dims, dropout, cross) for _ in range(layers))
        self.layer_norm = nn.LayerNorm(dims.width)

    def forward(
        self,
        states: Tensor,
        mask: Tensor | None,
        memory: Tensor | None = None,
        memory_mask: Tensor | None = None,
    ) -> Tensor:
        for layer in self.layer:
            states = layer(states, mask, memory, memory_mask)
        normed: Tensor = self.layer_norm(states)
        return normed


class _Decoder(_Stack):
    def __init__(self, dims: Dims, dropout: float) -> None:
        super().__init__(dims, dims.decoder, dropout, cross=True)
        self.embeddings = nn.Embedding(dims.vocabulary, dims.width)
        nn.init.normal_(self.embeddings.weight, std=dims.width**-0.5)
        self.projection = _Bias(dims.vocabulary)


class _Bias(nn.Module):
    def __init__(self, size: int) -> None:
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(size))


class _Layer(nn.Module):
    def __init__(self, dims: Dims, dropout: float, cross: bool) -> None:
        super().__init__()
        self.self_attention = _SelfAttention(dims, dropout, causal=cross)
        if cross:
            self.attention = _CrossAttention(dims, dropout)
        self.ffn = _FeedForward(dims, dropout)

    def forward(
        self,
        states: Tensor,
        mask: Tensor | None,
        memory: Tensor | None,
        memory_mask: Tensor | None,
    ) -> Tensor:
        states = self.self_attention(states, mask)
        if memory is not None:
            states = self.attention(states, memory, memory_mask)
        changed: Tensor = self.ffn(states)
        return changed


class _SelfAttention(nn.Module):
    """Queries, keys and values in one matrix, as CTranslate2 keeps them."""

    def __init__(self, dims: Dims, dropout: float, causal: bool) -> None:
        super().__init__()
        self.layer_norm = nn.LayerNorm(dims.width)
        self.linear = nn.ModuleList(
            [_linear(dims.width, dims.width, 3), _linear(dims.width, dims.width)]
        )
        self._heads, self._causal, self._dropout = dims.heads, causal, nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        query, key, value = self.linear[0](self.layer_norm(states)).chunk(3, -1)
        found = _attend(query, key, value, self._heads, mask, self._causal)
        changed: Tensor = states + self._dropout(self.linear[1](found))
        return changed


class _CrossAttention(nn.Module):
    def __init__(self, dims: Dims, dropout: float) -> None:
        super().__init__()
        self.layer_norm = nn.LayerNorm(dims.width)
        self.linear = nn.ModuleList(_linear(dims.width, dims.width, parts) for parts in (1, 2, 1))
        self._heads, self._dropout = dims.heads, nn.Dropout(dropout)

    def forward(self, states: Tensor, memory: Tensor, mask: Tensor | None) -> Tensor:
        query = self.linear[0](self.layer_norm(states))
        key, value = self.linear[1](memory).chunk(2, -1)
        found = _attend(query, key, value, self._heads, mask, causal=False)
        changed: Tensor = states + self._dropout(self.linear[2](found))
        return changed


class _FeedForward(nn.Module):
    def __init__(self, dims: Dims, dropout: float) -> None:
        super().__init__()
        self.layer_norm = nn.LayerNorm(dims.width)
        self.linear = nn.ModuleList(
            [_linear(dims.width, dims.inner), _linear(dims.inner, dims.width)]
        )
        self._dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor) -> Tensor:
        inner = F.relu(self.linear[0](self.layer_norm(states)))
        changed: Tensor = states + self._dropout(self.linear[1](inner))
        return changed


def _attend(
    query: Tensor, key: Tensor, value: Tensor, heads: int, mask: Tensor | None, causal: bool
) -> Tensor:
    query, key, value = (
        x.unflatten(-1, (heads, x.shape[-1] // heads)).transpose(1, 2) for x in (query, key, value)
    )
    found = F.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=causal)
    return found.transpose(1, 2).flatten(2)


def _linear(inputs: int, outputs: int, parts: int = 1) -> nn.Linear:
    """Return a layer of several matrices in one, each initialised by itself."""
    layer = nn.Linear(inputs, outputs * parts)
    for matrix in layer.weight.chunk(parts):
        nn.init.xavier_uniform_(matrix.data)
    nn.init.zeros_(layer.bias)
    return layer
