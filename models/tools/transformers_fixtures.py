"""Writes models as transformers save them, and what it computes with them: Tests/Fixtures/folders.

    pip install transformers==5.24.0 torch==2.13.0 safetensors protobuf sentencepiece
    python models/tools/transformers_fixtures.py

KIND/config.json …     a small ParakeetForCTC, ForRNNT or ForTDT with random weights, the last one in
                       two files of tensors; saved as save_pretrained does
KIND.safetensors       features, encoder output, logits and tokens of s170.wav
mlx/config.json …      the hybrid model of NeMo's in MLX's layout, as its converters write it

The tokenizer is that of v2like.nemo, without its normaliser of 240 KB.
"""

import io
import json
import os
import pathlib
import shutil
import tarfile
import tempfile
import wave

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy
import torch
import transformers
import yaml
from safetensors.torch import save_file
from transformers.convert_slow_tokenizer import ParakeetConverter

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Fixtures"
TARGET = FIXTURES / "folders"
RECORDING = "s170"
ENCODER = dict(
    hidden_size=24, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48,
    conv_kernel_size=5, subsampling_conv_channels=12, num_mel_bins=32, dropout=0.0, layerdrop=0.0)
KINDS = {
    "ctc": (transformers.ParakeetForCTC, transformers.ParakeetCTCConfig, dict(bias=True, seed=1)),
    "rnnt": (transformers.ParakeetForRNNT, transformers.ParakeetRNNTConfig,
             dict(bias=False, seed=2)),
    "tdt": (transformers.ParakeetForTDT, transformers.ParakeetTDTConfig, dict(bias=False, seed=3)),
}
PIECES = 128


def members(name):
    with tarfile.open(FIXTURES / name) as archive:
        return {m.name.removeprefix("./"): archive.extractfile(m).read()
                for m in archive.getmembers() if m.isfile()}


def tokenizer(folder):
    content = next(v for k, v in members("v2like/v2like.nemo").items()
                   if k.endswith("tokenizer.model"))
    with tempfile.NamedTemporaryFile(suffix=".model") as file:
        file.write(content)
        file.flush()
        made = ParakeetConverter(file.name).converted()
    saved = transformers.ParakeetTokenizer(
        tokenizer_object=made, clean_up_tokenization_spaces=False)
    saved.save_pretrained(folder)
    path = folder / "tokenizer.json"
    document = json.loads(path.read_text())
    document["normalizer"] = None
    path.write_text(json.dumps(document, ensure_ascii=False))


def read_wave():
    with wave.open(str(FIXTURES / "wav" / f"{RECORDING}.wav")) as file:
        samples = numpy.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    return samples.astype(numpy.float32) / 32768


def randomise(model):
    for name, tensor in sorted(model.state_dict().items()):
        if name.endswith("running_var"):
            tensor.uniform_(0.3, 2)
        elif "norm" in name and name.endswith("weight"):
            tensor.uniform_(0.5, 1.5)
        elif name.endswith(("bias", "running_mean", "bias_u", "bias_v")):
            tensor.normal_(0, 0.3)
        elif tensor.is_floating_point():
            fan = tensor[0].numel() if tensor.dim() > 1 else 1
            tensor.normal_(0, max(fan, 1) ** -0.5)


def spread(layer, frames, size):
    """Makes scores depend on the frame, which those of random encoders hardly do."""
    weight = layer.weight.data.squeeze(-1)
    scores = frames @ weight.T
    factor = size / scores.std(0)
    weight.mul_(factor[:, None])
    layer.bias.data.copy_(-scores.mean(0) * factor)


def build(kind):
    maker, settings, options = KINDS[kind]
    torch.manual_seed(options["seed"])
    encoder = dict(ENCODER, attention_bias=options["bias"], convolution_bias=options["bias"],
                   scale_input=options["bias"])
    keys = dict(vocab_size=PIECES + 1, encoder_config=encoder, pad_token_id=PIECES)
    if kind != "ctc":
        keys |= dict(decoder_hidden_size=20, num_decoder_layers=2, blank_token_id=PIECES)
    model = maker(settings(**keys)).eval()
    extractor = transformers.ParakeetFeatureExtractor(feature_size=ENCODER["num_mel_bins"])
    inputs = extractor(read_wave(), sampling_rate=16000, return_tensors="pt")
    with torch.no_grad():
        randomise(model)
        encoded = model.encoder(**inputs, output_attention_mask=True)
        frames = encoded.last_hidden_state[0, :int(encoded.attention_mask.sum())]
        if kind == "ctc":
            spread(model.ctc_head, frames, 4)
        else:
            spread(model.encoder_projector, frames, 1.5)
            model.joint.head.weight.normal_(0, 5 * 20 ** -0.5)
            model.joint.head.bias[PIECES] += 9 if kind == "tdt" else 14
        golden = compute(kind, model, inputs, frames)
    golden["features"] = inputs["input_features"][0].T
    golden["encoder"] = frames
    return model, extractor, {k: v.contiguous() for k, v in golden.items()}


def compute(kind, model, inputs, frames):
    if kind == "ctc":
        logprobs = model.ctc_head(frames[None])[0].log_softmax(-1)
        best = logprobs.argmax(-1).tolist()
        tokens = [(t, i) for i, t in enumerate(best)
                  if t != PIECES and (i == 0 or best[i - 1] != t)]
        return {"ctc.logprobs": logprobs, "ctc.token_ids": integers(t for t, _ in tokens),
                "ctc.token_frames": integers(i for _, i in tokens)}
    model.generation_config.decoder_start_token_id = PIECES
    output = model.generate(**inputs, return_dict_in_generate=True)
    sequence, durations = output.sequences[0].tolist(), output.durations[0].tolist()
    if len(sequence) == len(durations) + 1:
        sequence = sequence[1:]
    tokens, frame = [], 0
    for token, duration in zip(sequence, durations):
        if frame >= len(frames):
            break
        if token != PIECES:
            tokens.append((token, frame))
        frame += duration
    fed = [token for token, _ in tokens][:6]
    predicted = model.decoder(torch.tensor([[PIECES] + fed]))[0]
    projected = model.encoder_projector(frames)
    times = list(range(0, len(frames), 5))
    logits = model.joint(
        encoder_hidden_states=projected[times][:, None], decoder_hidden_states=predicted[None])
    return {"tokens.ids": integers(t for t, _ in tokens),
            "tokens.frames": integers(i for _, i in tokens),
            "pred.sequence": integers(fed), "pred.projected": predicted,
            "joint.t_index": integers(times), "joint.u_index": integers(range(len(fed) + 1)),
            "joint.enc_projected": projected[times], "joint.logits": logits}


def integers(values):
    return torch.tensor(list(values), dtype=torch.int32)


def write(kind):
    model, extractor, golden = build(kind)
    folder = TARGET / kind
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder, max_shard_size="60KB" if kind == "tdt" else "1GB")
    extractor.save_pretrained(folder)
    tokenizer(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    save_file(golden, TARGET / f"{kind}.safetensors")
    ids = golden["ctc.token_ids" if kind == "ctc" else "tokens.ids"].tolist()
    print(kind, sorted(p.name for p in folder.iterdir()), len(ids), "tokens", ids[:12])


def write_mlx():
    """NeMo's model as MLX has it: channels last, one bias for each layer of an LSTM."""
    files = members("layernorm/layernorm.nemo")
    config = yaml.safe_load(files["model_config.yaml"])
    weights = torch.load(io.BytesIO(files["model_weights.ckpt"]), weights_only=True)
    tensors = {}
    for name, tensor in weights.items():
        if name.endswith("num_batches_tracked"):
            continue
        if name.startswith("preprocessor."):
            pass
        elif tensor.dim() == 4:
            tensor = tensor.permute(0, 2, 3, 1)
        elif tensor.dim() == 3:
            tensor = tensor.permute(0, 2, 1)
        lstm, _, layer = name.rpartition("_l")
        if lstm.endswith("weight_ih"):
            name = lstm.removesuffix("weight_ih") + layer + ".Wx"
        elif lstm.endswith("weight_hh"):
            name = lstm.removesuffix("weight_hh") + layer + ".Wh"
        elif lstm.endswith("bias_hh"):
            continue
        elif lstm.endswith("bias_ih"):
            other = weights[name.replace("bias_ih", "bias_hh")]
            tensor = tensor.float() + other.float()
            name = lstm.removesuffix("bias_ih") + layer + ".bias"
        tensors[name] = tensor.clone().contiguous()
    folder = TARGET / "mlx"
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=1))
    model = next(v for k, v in files.items() if k.endswith("tokenizer.model"))
    (folder / "tokenizer.model").write_bytes(model)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "mlx"})


if __name__ == "__main__":
    torch.set_num_threads(1)
    TARGET.mkdir(exist_ok=True)
    for kind in KINDS:
        write(kind)
    write_mlx()
