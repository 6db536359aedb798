#!/usr/bin/env python3
"""Learns the numbers of the junction model from lessons that `columnist-train lessons` writes: logistic loss, true and
false junctions of a page weighing the same. The tables' steps shrink for each number by itself (AdaGrad; Duchi, Hazan
and Singer 2011), the network's follow Adam (Kingma and Ba 2015).

    server/train/learn.py FOLDER... --steps 40000 -o NUMBERS      needs numpy and jax, better with a GPU, and a built
                                                                  columnist-train (in $TRAIN, or target/release)

FOLDER holds text files, a paragraph or a sentence a line, named by language. Written are little-endian numbers of 32
bits, vectors, meetings and network one after the other, which `columnist-train junctions` makes the model's file of.
The shape of the network is that of `server/transcript/src/columns/weights.rs`, where each of its parts is explained.
"""

import argparse
import contextlib
import functools
import os
import queue
import subprocess
import threading
import time

import jax
import jax.numpy as jnp
import numpy as np

# The limits of a lesson, and how many features a word and a meeting have: those of `server/train/src/lessons.rs`.
WORDS, PLACES, SCANS, SAMPLES = 8192, 16384, 3072, 26624
FEATURES, MEETINGS = 8, 18
COUNTS = 5
VECTORS, MEETS = 1 << 17, 1 << 20

# The shape of the network: those of `weights.rs`.
VECTOR, UNITS, MATCHES, HIDDEN, TOGETHER, MEMORY, REACH = 32, 48, 16, 64, 16, 32, 3
SIDE = UNITS + MATCHES
TOLD = SIDE + HIDDEN

# A memory is read over so many words at most. Lines are shorter.
LONGEST = 32
# How fast the tables and the network learn at first, and what is left of that at the end.
VECTOR_RATE, MEETING_RATE, NETWORK_RATE, LAST = 0.05, 0.08, 0.004, 0.05
# How often a word is learnt from by its ending and shape alone, and a feature of a meeting is not seen: as if either
# were new.
UNSEEN_WORD, UNSEEN_MEETING = 0.1, 0.15


def arrays(lesson):
    """The arrays of a lesson out of its bytes."""
    numbers = np.frombuffer(lesson, dtype="<u4").astype(np.int32)
    shapes = {
        "counts": (COUNTS,),
        "features": (WORDS, FEATURES),
        "places": (PLACES,),
        "before": (SCANS,),
        "after": (SCANS,),
        "samples": (SAMPLES, 6),
        "meetings": (SAMPLES, MEETINGS),
    }
    read, start = {}, 0
    for name, shape in shapes.items():
        size = int(np.prod(shape))
        read[name] = numbers[start : start + size].reshape(shape)
        start += size
    return read


BYTES = 4 * (COUNTS + WORDS * FEATURES + PLACES + 2 * SCANS + SAMPLES * (6 + MEETINGS))


def drawn(seed):
    """The numbers that learning starts from, and what the steps remember of them."""
    rng = np.random.default_rng(seed)

    def draw(*shape, size=0.4):
        return ((rng.random(shape) - 0.5) * size).astype(np.float32)

    network = {
        "told": draw(2, REACH, VECTOR, TOLD),
        "missing": np.zeros((2, REACH, TOLD), np.float32),
        "gates": draw(2, VECTOR, 2 * MEMORY),
        # At first a memory holds on to what it has.
        "gate_offsets": np.ones((2, MEMORY), np.float32),
        "recall": draw(2, MEMORY, TOLD),
        "offsets": np.zeros((2, TOLD), np.float32),
        "first": draw(2, HIDDEN, SIDE, size=0.3),
        "deeper": draw(2, HIDDEN, HIDDEN, size=0.5),
        "deeper_offsets": np.zeros((2, HIDDEN), np.float32),
        "second": draw(2, HIDDEN, SIDE, size=0.2),
        "answer": draw(UNITS),
        "together": draw(UNITS, TOGETHER),
        "together_offsets": np.zeros(TOGETHER, np.float32),
        "together_answer": draw(TOGETHER),
        "bias": np.zeros((), np.float32),
    }
    weights = {"network": network, "vectors": draw(VECTORS, VECTOR, size=0.2), "meetings": np.zeros(MEETS, np.float32)}
    weights = jax.tree.map(jnp.asarray, weights)
    seen = {
        "vectors": jnp.full_like(weights["vectors"], 0.1),
        "meetings": jnp.full_like(weights["meetings"], 0.1),
        "mean": jax.tree.map(jnp.zeros_like, weights["network"]),
        "square": jax.tree.map(jnp.zeros_like, weights["network"]),
    }
    return weights, seen


def memories(network, vectors, lesson, direction, scans, numbers, lengths):
    """What the memory of a direction holds where each sample's side ends: 0 reads on, 1 reads back."""
    gates = vectors @ network["gates"][direction]
    keeps = jax.nn.sigmoid(gates[:, :MEMORY] + network["gate_offsets"][direction])
    brings = gates[:, MEMORY:] * (1 - keeps)
    steps = jnp.arange(LONGEST)[:, None]
    places = scans[None] + steps if direction == 0 else scans[None] - 1 - steps
    words = lesson["places"][jnp.clip(places, 0, PLACES - 1)]

    def join(one, other):
        return one[0] * other[0], one[1] * other[0] + other[1]

    _, held = jax.lax.associative_scan(join, (keeps[words], brings[words]), axis=0)
    held = jnp.concatenate([jnp.zeros((1, SCANS, MEMORY)), held])
    return held.reshape(-1, MEMORY)[jnp.clip(lengths, 0, LONGEST) * SCANS + numbers]


def sides(network, vectors, lesson, direction):
    """What each sample's side comes to."""
    scans = lesson["before" if direction == 0 else "after"]
    numbers, lengths = lesson["samples"][:, 2 * direction], lesson["samples"][:, 2 * direction + 1]
    held = memories(network, vectors, lesson, direction, scans, numbers, lengths)
    told = network["offsets"][direction] + held @ network["recall"][direction]
    for near in range(REACH):
        ends = scans[numbers]
        place = ends + lengths - 1 - near if direction == 0 else ends - lengths + near
        word = lesson["places"][jnp.clip(place, 0, PLACES - 1)]
        tells = (vectors @ network["told"][direction, near])[word]
        told += jnp.where((lengths > near)[:, None], tells, network["missing"][direction, near])
    units = jax.nn.relu(told[:, SIDE:])
    deeper = jax.nn.relu(units @ network["deeper"][direction] + network["deeper_offsets"][direction])
    return told[:, :SIDE] + units @ network["first"][direction] + deeper @ network["second"][direction]


def answers(weights, lesson, key=None):
    """The log-odds that each sample's junction is natural; with a key some words and meetings are taken for new."""
    network = weights["network"]
    vectors = weights["vectors"][lesson["features"]]
    met = weights["meetings"].at[lesson["meetings"]].get(mode="fill", fill_value=0.0)
    if key is not None:
        words, meetings = jax.random.split(key)
        letters = jax.random.bernoulli(words, 1 - UNSEEN_WORD, (WORDS, 1, 1))
        vectors = jnp.concatenate([vectors[:, :1] * letters, vectors[:, 1:]], axis=1)
        met *= jax.random.bernoulli(meetings, 1 - UNSEEN_MEETING, met.shape)
    vectors = vectors.sum(axis=1)
    left, right = (sides(network, vectors, lesson, direction) for direction in (0, 1))
    units = jax.nn.relu(left[:, :UNITS] + right[:, :UNITS])
    together = jax.nn.relu(units @ network["together"] + network["together_offsets"])
    products = (left[:, UNITS:] * right[:, UNITS:]).sum(axis=1)
    seen = units @ network["answer"] + together @ network["together_answer"]
    return network["bias"] + seen + products + met.sum(axis=1)


def loss(weights, lesson, key):
    """The sum of the samples' losses in nats, and of what they weigh: true and false ones of a page the same."""
    samples = lesson["samples"]
    used = jnp.arange(SAMPLES) < lesson["counts"][4]
    natural = samples[:, 4].astype(jnp.float32)
    # No lesson has so many pages.
    pages = 1024
    page = jnp.where(used, samples[:, 5], pages - 1)
    true = jnp.maximum(jax.ops.segment_sum(natural * used, page, pages), 1)
    false = jnp.maximum(jax.ops.segment_sum((1 - natural) * used, page, pages), 1)
    weighs = used * ((true + false) / 2)[page] / jnp.where(natural > 0, true[page], false[page])
    odds = answers(weights, lesson, key)
    lost = jnp.maximum(odds, 0) - odds * natural + jnp.log1p(jnp.exp(-jnp.abs(odds)))
    return (lost * weighs).sum(), weighs.sum()


@functools.partial(jax.jit, donate_argnums=(0, 1))
def learn(weights, seen, lesson, key, rate, count):
    """A step: the weights, what is remembered, the loss and what the samples weighed."""
    (lost, weighed), slopes = jax.value_and_grad(loss, has_aux=True)(weights, lesson, key)
    new, remembered = {}, {}
    for table, speed in (("vectors", VECTOR_RATE), ("meetings", MEETING_RATE)):
        remembered[table] = seen[table] + slopes[table] ** 2
        new[table] = weights[table] - rate * speed * slopes[table] * jax.lax.rsqrt(remembered[table])
    network = jax.tree.map(lambda slope: slope / weighed, slopes["network"])
    mean = remembered["mean"] = jax.tree.map(lambda old, slope: 0.9 * old + 0.1 * slope, seen["mean"], network)
    square = remembered["square"] = jax.tree.map(
        lambda old, slope: 0.999 * old + 0.001 * slope**2, seen["square"], network
    )
    most = [1 - decay ** (count + 1.0) for decay in (0.9, 0.999)]

    def stepped(weight, mean, square):
        return weight - rate * NETWORK_RATE * (mean / most[0]) / (jnp.sqrt(square / most[1]) + 1e-8)

    new["network"] = jax.tree.map(stepped, weights["network"], mean, square)
    return new, remembered, lost, weighed


def numbers_of(weights):
    """All numbers, in the order of `weights.rs`."""
    network = {name: np.asarray(part) for name, part in weights["network"].items()}
    # A row for each element of a word's vector: what it tells at each place, then the gates.
    told = network["told"].transpose(2, 0, 1, 3).reshape(VECTOR, -1)
    gates = network["gates"].transpose(1, 0, 2).reshape(VECTOR, -1)
    parts = [np.concatenate([told, gates], axis=1), network["missing"], network["gate_offsets"], network["recall"]]
    after = ("offsets", "first", "deeper", "deeper_offsets", "second", "answer")
    parts += [network[name] for name in after]
    parts += [network[name] for name in ("together", "together_offsets", "together_answer", "bias")]
    tables = [np.asarray(weights["vectors"]), np.asarray(weights["meetings"])]
    return np.concatenate([part.ravel() for part in tables + parts]).astype("<f4")


def lessons(folders, seed, count):
    """Lessons without end, of so many producers by turns, so that the same seed and count give the same."""
    train = os.environ.get("TRAIN", "target/release/columnist-train")
    at_work = []

    def read(producer, ready):
        while len(lesson := producer.stdout.read(BYTES)) == BYTES:
            ready.put(jax.device_put(arrays(lesson)))
        ready.put(None)

    for at in range(count):
        command = [train, "lessons", *folders, "--seed", str(seed * 1000 + at)]
        producer = subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=BYTES)
        ready = queue.Queue(maxsize=4)
        reader = threading.Thread(target=read, args=(producer, ready))
        reader.start()
        at_work.append((producer, ready, reader))
    try:
        while True:
            for _, ready, _ in at_work:
                if (lesson := ready.get()) is None:
                    raise RuntimeError(f"{train} wrote no more lessons; it says why above")
                yield lesson
    finally:
        for producer, ready, reader in at_work:
            producer.kill()
            # What it has read already is let go of, so that it comes to its end.
            while reader.is_alive():
                with contextlib.suppress(queue.Empty):
                    ready.get(timeout=0.05)


def main():
    """Learns, and writes what was learnt."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--steps", type=int, default=40_000)
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long, the rate falling accordingly")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--producers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("-o", "--output", required=True)
    asked = parser.parse_args()
    weights, seen = drawn(asked.seed)
    key = jax.random.key(asked.seed)
    all_lessons = lessons(asked.folders, asked.seed, asked.producers)
    start, step, lost = time.monotonic(), 0, []
    while True:
        spent = (time.monotonic() - start) / asked.seconds if asked.seconds else 0.0
        done = max(step / asked.steps, spent)
        if done >= 1:
            break
        rate = 1 - (1 - LAST) * done
        weights, seen, *losses = learn(weights, seen, next(all_lessons), jax.random.fold_in(key, step), rate, step)
        lost.append(losses)
        step += 1
        if step % 1000 == 0 or step == 10:
            mean = sum(float(one) for one, _ in lost) / sum(float(weight) for _, weight in lost)
            print(f"{step} steps, {time.monotonic() - start:.0f} s: loss {mean:.4f}", flush=True)
            lost = []
    all_lessons.close()
    numbers_of(weights).tofile(asked.output)
    print(f"{step} steps, {time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
