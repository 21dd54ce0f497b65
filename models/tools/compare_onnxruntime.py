"""Compares the speed of the encoder with onnxruntime's, in turn on the same machine.

    pip install torch==2.13.0 onnx==1.23.2 onnxruntime==1.31.1 numpy
    make build
    python models/tools/compare_onnxruntime.py [--lengths 10,30,120] [--rounds 5] [--json]
    python models/tools/compare_onnxruntime.py --self-test

torch may be the build without CUDA; it is needed for the first run and for the self-test alone.
The first run writes the encoder of Parakeet TDT 0.6B v2 with random weights as ONNX, in float32
and with eight-bit weights: 3.8 GB in --cache, and up to 11 GB of memory for some minutes. In every
round each length is computed by `utter bench` and by onnxruntime. Of several runs in a round the
median counts, of several rounds the median of their ratios, below 1 where utter is faster.

What onnxruntime is given is at its best or as people export it:
- Features go in and frames come out of one unpadded utterance, so that there are no masks.
- Weights are quantised as `quantize_dynamic` does for MatMul, to QUInt8, as in exports of this
  model that people download, and to QInt8, for which alone onnxruntime uses the processor's VNNI
  or AMX (1.31.1 on x86). Utter's int8 is compared with both. The pointwise convolutions of the
  conformer layers are MatMul, so they are quantised as well. Those of the subsampling stay
  convolutions, one hundredth of the arithmetic: as MatMul they would be transposed to and fro.
- Batch norms are folded, opset 17 has layer norms of its own, all graph optimisations are on,
  and threads spin while they wait, which is onnxruntime's default.

--self-test compares the network with what NeMo computed for Tests/Fixtures/v2like, in torch and,
exported and quantised, in onnxruntime.
"""

import argparse
import collections
import importlib
import json
import logging
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import warnings

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "Tests" / "Fixtures" / "v2like"
PACKAGES = "pip install torch==2.13.0 onnx==1.23.2 onnxruntime==1.31.1 numpy"
MODEL = "parakeet-tdt-0.6b-v2"
# What onnxruntime is measured with, and the precision of utter that it is compared with.
VARIANTS = {"float32": "float32", "QUInt8": "int8", "QInt8": "int8"}
FRAMES_PER_SECOND = 100
# Threads spin for some milliseconds after a run; this outlasts them, seconds.
CALM = 0.15

Layout = collections.namedtuple("Layout", "layers width heads expansion kernel channels mels")
PARAKEET = Layout(
    layers=24, width=1024, heads=8, expansion=4, kernel=9, channels=256, mels=128)
TINY = Layout(layers=3, width=64, heads=4, expansion=4, kernel=9, channels=32, mels=128)


def fail(reason, hint):
    sys.exit(f"compare_onnxruntime: {reason}\nhint: {hint}")


def need(name):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        fail(f"the Python module {name} cannot be loaded: {error}", PACKAGES)


def build_encoder(layout):
    """The encoder with PyTorch's random weights; parameters have NeMo's names."""
    torch = need("torch")
    nn = torch.nn
    width = layout.width

    def linear(inputs, outputs):
        return nn.Linear(inputs, outputs, bias=False)

    class Subsampling(nn.Module):
        def __init__(self):
            super().__init__()
            channels = layout.channels

            def strided(inputs, groups):
                return nn.Conv2d(inputs, channels, 3, stride=2, padding=1, groups=groups)

            self.conv = nn.Sequential(
                strided(1, 1), nn.ReLU(),
                strided(channels, channels), nn.Conv2d(channels, channels, 1), nn.ReLU(),
                strided(channels, channels), nn.Conv2d(channels, channels, 1), nn.ReLU())
            self.out = nn.Linear(channels * layout.mels // 8, width)

        def forward(self, features):
            x = self.conv(features.transpose(1, 2)[:, None])
            return self.out(x.transpose(1, 2).flatten(2))

    class FeedForward(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear1 = linear(width, layout.expansion * width)
            self.linear2 = linear(layout.expansion * width, width)

        def forward(self, x):
            return self.linear2(nn.functional.silu(self.linear1(x)))

    class Attention(nn.Module):
        def __init__(self):
            super().__init__()
            for part in "q k v out pos".split():
                setattr(self, f"linear_{part}", linear(width, width))
            self.depth = width // layout.heads
            self.pos_bias_u = nn.Parameter(torch.randn(layout.heads, self.depth) * 0.1)
            self.pos_bias_v = nn.Parameter(torch.randn(layout.heads, self.depth) * 0.1)

        def split(self, x):
            return x.view(1, -1, layout.heads, self.depth)

        def forward(self, x, positions):
            query = self.split(self.linear_q(x))
            key = self.split(self.linear_k(x)).permute(0, 2, 3, 1)
            value = self.split(self.linear_v(x)).transpose(1, 2)
            position = self.split(self.linear_pos(positions)).permute(0, 2, 3, 1)
            scale = self.depth ** -0.5
            by_content = ((query + self.pos_bias_u) * scale).transpose(1, 2) @ key
            by_position = ((query + self.pos_bias_v) * scale).transpose(1, 2) @ position
            # Row i of the positions starts at its own distance: shifted by padding and reshaping.
            _, heads, frames, distances = by_position.shape
            shifted = nn.functional.pad(by_position, (1, 0))
            shifted = shifted.view(1, heads, distances + 1, frames)[:, :, 1:]
            shifted = shifted.reshape(1, heads, frames, distances)[..., :frames]
            weights = torch.softmax(by_content + shifted, dim=-1)
            return self.linear_out((weights @ value).transpose(1, 2).flatten(2))

    class Convolution(nn.Module):
        def __init__(self):
            super().__init__()
            self.pointwise_conv1 = linear(width, 2 * width)
            self.depthwise_conv = nn.Conv1d(
                width, width, layout.kernel, padding=layout.kernel // 2, groups=width, bias=False)
            self.batch_norm = nn.BatchNorm1d(width)
            self.pointwise_conv2 = linear(width, width)

        def forward(self, x):
            x = nn.functional.glu(self.pointwise_conv1(x)).transpose(1, 2)
            x = nn.functional.silu(self.batch_norm(self.depthwise_conv(x)))
            return self.pointwise_conv2(x.transpose(1, 2))

    class Layer(nn.Module):
        def __init__(self):
            super().__init__()
            for part in "feed_forward1 self_att conv feed_forward2 out".split():
                setattr(self, f"norm_{part}", nn.LayerNorm(width))
            self.feed_forward1, self.feed_forward2 = FeedForward(), FeedForward()
            self.self_attn, self.conv = Attention(), Convolution()

        def forward(self, x, positions):
            x = x + 0.5 * self.feed_forward1(self.norm_feed_forward1(x))
            x = x + self.self_attn(self.norm_self_att(x), positions)
            x = x + self.conv(self.norm_conv(x))
            x = x + 0.5 * self.feed_forward2(self.norm_feed_forward2(x))
            return self.norm_out(x)

    class Encoder(nn.Module):
        limit = 5000  # frames, as in NeMo: 400 s

        def __init__(self):
            super().__init__()
            self.pre_encode = Subsampling()
            self.layers = nn.ModuleList(Layer() for _ in range(layout.layers))
            distance = torch.arange(self.limit - 1, -self.limit, -1.0)[:, None]
            angle = distance * torch.exp(torch.arange(0, width, 2) * -(math.log(10000) / width))
            table = torch.stack([angle.sin(), angle.cos()], dim=-1).flatten(1)
            self.register_buffer("table", table[None], persistent=False)

        def forward(self, features):
            x = self.pre_encode(features)
            frames = x.shape[1]
            positions = self.table[:, self.limit - frames:self.limit + frames - 1]
            for layer in self.layers:
                x = layer(x, positions)
            return x

    torch.manual_seed(1)
    return Encoder().eval()


def export(encoder, layout, folder):
    """Writes NAME.onnx of every variant, float32 with its weights in a file beside it."""
    torch, onnx = need("torch"), need("onnx")
    quantization = need("onnxruntime.quantization")
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        traced = os.path.join(scratch, "traced.onnx")
        with torch.no_grad(), warnings.catch_warnings():
            # This exporter needs no further package, but warns that it is the old one.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                encoder, (torch.randn(1, layout.mels, 160),), traced, dynamo=False,
                opset_version=17, input_names=["features"], output_names=["frames"],
                dynamic_axes={"features": {2: "time"}, "frames": {1: "frames"}})
        # The exporter makes a file of every tensor where they do not fit into the model's.
        onnx.save_model(
            onnx.load(traced), folder / "float32.onnx", save_as_external_data=True,
            location="float32.onnx.data")
    # Advice to optimise the graph before, which changes nothing where shapes are dynamic.
    logging.disable(logging.WARNING)
    for weights in ("QUInt8", "QInt8"):
        path = folder / f"{weights}.onnx"
        quantization.quantize_dynamic(
            folder / "float32.onnx", path, op_types_to_quantize=["MatMul"],
            weight_type=quantization.QuantType[weights])
        kinds = collections.Counter(node.op_type for node in onnx.load(path).graph.node)
        found, expected = kinds["MatMulInteger"], layout.layers * 11 + 1
        assert found == expected, f"{found} of {expected} products quantised"


def model_folder(cache):
    """The folder of the exported encoder, written first where it does not exist."""
    folder = cache / f"{MODEL}-onnx"
    if not folder.is_dir():
        print(f"writing {MODEL} with random weights to {folder}", file=sys.stderr)
        cache.mkdir(parents=True, exist_ok=True)
        partial = pathlib.Path(tempfile.mkdtemp(prefix=folder.name + ".partial-", dir=cache))
        try:
            export(build_encoder(PARAKEET), PARAKEET, partial)
            partial.rename(folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return folder


def open_session(path, threads):
    onnxruntime = need("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.add_session_config_entry("session.intra_op.allow_spinning", "1")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def measure_onnxruntime(session, seconds, runs):
    """Median of the encoder's times, seconds, after a run that is not counted."""
    numpy = need("numpy")
    shape = (1, PARAKEET.mels, seconds * FRAMES_PER_SECOND)
    features = numpy.random.default_rng(1).standard_normal(shape, dtype=numpy.float32)
    times = []
    for _ in range(runs + 1):
        time.sleep(CALM)
        start = time.perf_counter()
        session.run(None, {"features": features})
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def measure_utter(program, seconds, threads):
    """What `utter bench` reports, and from it the encoder's seconds by precision."""
    command = [program, "bench", "--synthetic", MODEL, "--audio", str(seconds), "--threads",
               str(threads), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        fail(f"`{' '.join(command)}` ended with status {done.returncode}", "its reason is above")
    report = json.loads(done.stdout)
    return report, {run["precision"]: run["encoder_seconds"] for run in report["runs"]}


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "unknown processor"


def compare(options):
    program = shutil.which(options.utter)
    if program is None:
        fail(f"{options.utter}: no such program", "`make build` builds it, --utter names another")
    onnxruntime = need("onnxruntime")
    folder = model_folder(options.cache)
    sessions = {
        variant: open_session(folder / f"{variant}.onnx", options.threads)
        for variant in VARIANTS}
    built = os.stat(program).st_mtime_ns
    ours, theirs, report = collections.defaultdict(list), collections.defaultdict(list), {}
    for round_ in range(1, options.rounds + 1):
        for seconds in options.lengths:
            report, found = measure_utter(program, seconds, options.threads)
            if os.stat(program).st_mtime_ns != built:
                fail(f"{program} was built anew meanwhile", "measure a copy of it: --utter")
            for variant, session in sessions.items():
                key = (seconds, variant)
                theirs[key].append(measure_onnxruntime(session, seconds, options.runs))
                if VARIANTS[variant] in found:
                    ours[key].append(found[VARIANTS[variant]])
                print(line(f"round {round_}", key, ours[key][-1:], theirs[key][-1:]),
                      file=sys.stderr)
    return dict(
        machine=processor(), threads=options.threads, onnxruntime=onnxruntime.__version__,
        model=MODEL, utter={key: report[key] for key in ("commit", "isa", "blas")},
        runs=[dict(precision=VARIANTS[key[1]], onnxruntime_weights=key[1], audio_seconds=key[0],
                   utter_seconds=ours[key], onnxruntime_seconds=theirs[key],
                   ratios=ratios(ours[key], theirs[key]),
                   ratio=median(ratios(ours[key], theirs[key]))) for key in theirs])


def ratios(ours, theirs):
    return [a / b for a, b in zip(ours, theirs)]


def median(values):
    return statistics.median(values) if values else None


def line(label, key, ours, theirs):
    def column(value, unit=" s"):
        return f"{value:9.3f}{unit}" if value is not None else " " * 8 + "–" + " " * len(unit)
    seconds, variant = key
    return (f"{label:8} {seconds:4} s  {VARIANTS[variant]:9}  {variant:8}{column(median(ours))}"
            f"  {column(median(theirs))}  {column(median(ratios(ours, theirs)), '')}")


def table(result):
    utter = result["utter"]
    lines = [
        f"machine  {result['machine']}, {result['threads']} threads",
        f"utter    {utter['commit']}, {utter['isa']} kernels, {utter['blas']}",
        f"peer     onnxruntime {result['onnxruntime']}",
        f"model    {result['model']}, random weights, encoder alone",
        "", "          audio  precision  peer's        utter  onnxruntime      ratio"]
    for run in result["runs"]:
        lines.append(line("median", (run["audio_seconds"], run["onnxruntime_weights"]),
                          run["utter_seconds"], run["onnxruntime_seconds"]))
    return "\n".join(lines)


def read_golden(path):
    """The tensors of a safetensors file."""
    numpy = need("numpy")
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    kinds = {"F32": "<f4", "I32": "<i4"}
    return {
        name: numpy.frombuffer(
            data[start:][slice(*entry["data_offsets"])], kinds[entry["dtype"]]
        ).reshape(entry["shape"])
        for name, entry in json.loads(data[8:start]).items() if name != "__metadata__"}


def load_fixture(encoder):
    """Gives the encoder the weights of the fixture's checkpoint."""
    torch = need("torch")
    with tarfile.open(FIXTURE / "v2like.nemo") as archive:
        name = next(name for name in archive.getnames() if name.endswith("model_weights.ckpt"))
        stored = torch.load(archive.extractfile(name), weights_only=True)
    weights = {
        name.removeprefix("encoder."): tensor.squeeze(-1) if "pointwise_conv" in name else tensor
        for name, tensor in stored.items() if name.startswith("encoder.")}
    encoder.load_state_dict(weights)


def self_test():
    torch, numpy = need("torch"), need("numpy")
    encoder = build_encoder(TINY)
    load_fixture(encoder)
    with tempfile.TemporaryDirectory() as folder:
        export(encoder, TINY, pathlib.Path(folder))
        networks = {
            variant: open_session(os.path.join(folder, f"{variant}.onnx"), 1)
            for variant in VARIANTS}
        for recording in ("s030", "s170"):
            golden = read_golden(FIXTURE / f"{recording}.safetensors")
            # The last frame is one that NeMo masks.
            features = numpy.ascontiguousarray(golden["features"][None, :, :-1])
            with torch.no_grad():
                outputs = {"torch": encoder(torch.from_numpy(features))[0].numpy()}
            for variant, session in networks.items():
                outputs[variant] = session.run(None, {"features": features})[0][0]
            for name, output in outputs.items():
                error = float(numpy.abs(output - golden["encoder"]).max())
                limit = 0.3 if VARIANTS.get(name) == "int8" else 1e-4
                print(f"{recording} {name:8} greatest error {error:.2g}, limit {limit}")
                if not error < limit:
                    fail("the network differs from NeMo's", "see `build_encoder`")


def arguments():
    caches = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])

    def count(text):
        value = int(text)
        if not 1 <= value <= 400:
            raise argparse.ArgumentTypeError("must be 1 to 400")
        return value

    def counts(text):
        return [count(part) for part in text.split(",")]

    parser.add_argument("--lengths", type=counts, default="10,30,120",
                        help="seconds of audio, up to 400 (default: %(default)s)")
    parser.add_argument("--threads", type=count, default=2,
                        help="of either side (default: %(default)s)")
    parser.add_argument("--rounds", type=count, default=5,
                        help="of both sides in turn (default: %(default)s)")
    parser.add_argument("--runs", type=count, default=3,
                        help="of onnxruntime in a round (default: %(default)s)")
    parser.add_argument("--utter", default=str(ROOT / ".build" / "release" / "utter"),
                        help="program to measure (default: that of this clone)")
    parser.add_argument("--cache", type=pathlib.Path, default=pathlib.Path(caches) / "utter-bench",
                        help="folder for the exported encoder (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print a JSON object")
    parser.add_argument("--self-test", action="store_true", help="check the network and stop")
    return parser.parse_args()


def main():
    options = arguments()
    if options.self_test:
        self_test()
        return
    result = compare(options)
    print(json.dumps(result, indent=2) if options.json else table(result))


if __name__ == "__main__":
    main()
