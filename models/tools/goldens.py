"""Writes golden data of configurations that no released model has: Tests/Fixtures/NAME.

    pip install "nemo_toolkit[asr]==3.0.0" torch==2.13.0 sentencepiece==0.2.3 safetensors
    OMP_NUM_THREADS=1 python models/tools/goldens.py [NAME ...]

NAME/NAME.nemo         a small model with random weights, as NeMo saves it
NAME/WAV.safetensors   what NeMo computes with it, restored from that file, in float32
NAME/WAV.json          text, timestamps in frames, lengths, smallest margins between two choices

The tokenizer is that of v2like.nemo without its normaliser, 240 KB that decoding never looks at.
The same numbers come out every time, though not the same bytes: NeMo gives the members of its
archives random names and today's date.
"""

import json
import logging
import pathlib
import sys
import tarfile
import tempfile
import wave

import numpy
import torch
from omegaconf import OmegaConf, open_dict
from safetensors.numpy import save_file
from sentencepiece import sentencepiece_model_pb2

from nemo.collections.asr.models import ASRModel, EncDecHybridRNNTCTCBPEModel, EncDecRNNTBPEModel
from nemo.collections.asr.parts.utils.asr_confidence_utils import get_confidence_measure_bank
from nemo.utils import logging as nemo_logging

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Fixtures"
# A recording, and whether everything is kept, or only what shows more than the short one does.
RECORDINGS = [("s030", True), ("s170", False)]
# An engine whose logits are off by less than half of this makes the same choices.
MARGIN = 0.01

VARIANTS = {
    # Everything whose width no vector register divides, weights stored as bfloat16.
    "layernorm": dict(
        seed=35, dtype=torch.bfloat16, mels=38, channels=20, width=22, heads=2, expansion=2,
        kernel=5, norm="layer_norm", untie=False, xscaling=False, attention=None,
        prediction=(14, 1), joint=22, activation="tanh", dropout=0.2,
        durations=[0, 1, 2, 3, 4], ctc=True, blank=5.0),
    # Local attention of the configuration itself, weights stored as float16; without dropout, the
    # joint's last layer has another index.
    "sigmoid": dict(
        seed=45, dtype=torch.float16, mels=20, channels=12, width=18, heads=2, expansion=3,
        kernel=31, norm="batch_norm", untie=True, xscaling=True, attention=[5, 5],
        prediction=(10, 2), joint=26, activation="sigmoid", dropout=0.0, durations=[0, 1, 2, 4],
        ctc=False, blank=11.0),
}


def write_tokenizer(folder):
    """The tokenizer of v2like.nemo in files of the names that NeMo looks for."""
    with tarfile.open(FIXTURES / "v2like" / "v2like.nemo") as archive:
        for member in archive.getmembers():
            for name in ("tokenizer.model", "vocab.txt"):
                if member.name.endswith("_" + name):
                    (folder / name).write_bytes(archive.extractfile(member).read())
    model = sentencepiece_model_pb2.ModelProto()
    model.ParseFromString((folder / "tokenizer.model").read_bytes())
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.ClearField("precompiled_charsmap")
    (folder / "tokenizer.model").write_bytes(model.SerializeToString())


def configuration(v, tokenizer):
    hidden, layers = v["prediction"]
    module = "nemo.collections.asr.modules."
    durations = v["durations"]
    config = dict(
        sample_rate=16000,
        model_defaults=dict(
            enc_hidden=v["width"], pred_hidden=hidden, joint_hidden=v["joint"],
            tdt_durations=durations, num_tdt_durations=len(durations)),
        tokenizer=dict(dir=str(tokenizer), type="bpe"),
        preprocessor=dict(
            _target_=module + "AudioToMelSpectrogramPreprocessor", sample_rate=16000,
            normalize="per_feature", window_size=0.025, window_stride=0.01, window="hann",
            features=v["mels"], n_fft=512, dither=1e-5, pad_to=0),
        encoder=dict(
            _target_=module + "ConformerEncoder", feat_in=v["mels"], feat_out=-1, n_layers=2,
            d_model=v["width"], use_bias=True, subsampling="dw_striding", subsampling_factor=8,
            subsampling_conv_channels=v["channels"], ff_expansion_factor=v["expansion"],
            self_attention_model="rel_pos_local_attn" if v["attention"] else "rel_pos",
            n_heads=v["heads"], att_context_size=v["attention"] or [-1, -1],
            xscaling=v["xscaling"], untie_biases=v["untie"], conv_kernel_size=v["kernel"],
            conv_norm_type=v["norm"]),
        decoder=dict(
            _target_=module + "RNNTDecoder", normalization_mode=None, blank_as_pad=True,
            prednet=dict(pred_hidden=hidden, pred_rnn_layers=layers, dropout=0.0)),
        joint=dict(
            _target_=module + "RNNTJoint", log_softmax=None, fuse_loss_wer=False,
            jointnet=dict(
                joint_hidden=v["joint"], activation=v["activation"], dropout=v["dropout"],
                encoder_hidden=v["width"], pred_hidden=hidden),
            num_extra_outputs=len(durations)),
        decoding=dict(
            strategy="greedy_batch", model_type="tdt", durations=durations,
            greedy=dict(max_symbols=10)),
        loss=dict(
            loss_name="tdt",
            tdt_kwargs=dict(durations=durations, sigma=0.02, omega=0.1, fastemit_lambda=0.0)),
        optim=dict(name="adamw", lr=1e-4))
    if v["ctc"]:
        config["aux_ctc"] = dict(
            ctc_loss_weight=0.3,
            decoder=dict(
                _target_=module + "ConvASRDecoder", feat_in=v["width"], num_classes=-1,
                vocabulary=[]),
            decoding=dict(strategy="greedy"))
    return OmegaConf.create(config)


def randomise(model, v):
    """Leaves no norm, bias or statistic at the zero or one that it starts with."""
    state = model.state_dict()
    last = len(model.joint.joint_net) - 1
    for name, tensor in sorted(state.items()):
        if name.endswith("running_var"):
            tensor.uniform_(0.3, 2)
        elif "norm" in name and name.endswith("weight"):
            tensor.uniform_(0.5, 1.5)
        elif name.endswith(("bias", "running_mean", "pos_bias_u", "pos_bias_v")):
            tensor.normal_(0, 0.3)
        elif name == f"joint.joint_net.{last}.weight":
            tensor.normal_(0, 6 * v["joint"] ** -0.5)
        elif "lstm.weight" in name:
            tensor.mul_(4)


def spread(model, v):
    """Makes scores depend on the frame: an encoder that was never trained hardly does."""
    frames = encode(model, read_wave(FIXTURES / "wav" / "s170.wav"), False)[1]
    heads = [model.joint.enc] + ([model.ctc_decoder.decoder_layers[0]] if v["ctc"] else [])
    for head in heads:
        scores = frames @ head.weight.squeeze(-1).T
        factor = (1.5 if head is model.joint.enc else 3) / scores.std(0)
        head.weight.mul_(factor.view(-1, *[1] * (head.weight.dim() - 1)))
        head.bias.copy_(-scores.mean(0) * factor)
    output = model.joint.joint_net[-1]
    if v["activation"] == "sigmoid":
        output.bias -= output.weight.sum(1) / 2
        output.weight.mul_(2)
    blank = len(model.joint.vocabulary)
    output.bias[blank] += v["blank"]
    if v["ctc"]:
        heads[1].bias[blank] += v["blank"]


def build(name, v, path):
    torch.manual_seed(v["seed"])
    with tempfile.TemporaryDirectory() as folder:
        write_tokenizer(pathlib.Path(folder))
        kind = EncDecHybridRNNTCTCBPEModel if v["ctc"] else EncDecRNNTBPEModel
        model = kind(configuration(v, folder))
        with torch.no_grad():
            randomise(model, v)
            model.eval()
            spread(model, v)
        model.to(v["dtype"])
        with open_dict(model.cfg):
            model.cfg.tokenizer.dir = "tokenizer"
        path.parent.mkdir(exist_ok=True)
        model.save_to(str(path))


def read_wave(path):
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16000, 1, 2)
        samples = numpy.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    return torch.from_numpy(samples.astype(numpy.float32) / 32768)


class Capture:
    """Keeps what modules put out during one run."""

    def __init__(self):
        self.outputs = {}
        self.handles = []

    def add(self, name, module, shape=lambda output: output[0]):
        def keep(_module, _inputs, output):
            self.outputs[name] = shape(output).detach().clone()
        self.handles.append(module.register_forward_hook(keep))

    def remove(self):
        for handle in self.handles:
            handle.remove()


def watch(encoder, keep_all):
    """Hooks for the encoder's inside; every output loses its batch axis."""
    capture = Capture()
    capture.add("subsampling", encoder.pre_encode, lambda output: output[0][0])
    capture.add("pos_enc.x", encoder.pos_enc, lambda output: output[0][0])
    capture.add("pos_emb", encoder.pos_enc, lambda output: output[1][0])
    for index in (0, 2, 3, 5, 6) if keep_all else ():
        capture.add(
            f"subsampling.conv{index}", encoder.pre_encode.conv[index],
            lambda output, count=4 if index == 0 else None: output[0][:count])
    for index, layer in enumerate(encoder.layers):
        capture.add(f"layer{index}", layer)
        conv = layer.conv
        capture.add(f"layer{index}.conv.depthwise", conv.depthwise_conv, lambda output: output[0].T)
        capture.add(f"layer{index}.self_attn", layer.self_attn)
        if not keep_all:
            continue
        for part in ("norm_feed_forward1", "feed_forward1", "norm_self_att", "norm_conv", "conv",
                     "norm_feed_forward2", "feed_forward2"):
            capture.add(f"layer{index}.{part}", getattr(layer, part))
        is_last = isinstance(conv.batch_norm, torch.nn.LayerNorm)
        capture.add(
            f"layer{index}.conv.batch_norm", conv.batch_norm,
            lambda output, is_last=is_last: output[0] if is_last else output[0].T)
    return capture


def encode(model, samples, keep_all):
    """All tensors up to the encoder's output, the output itself, and the lengths."""
    lengths = torch.tensor([len(samples)])
    features, feature_lengths = model.preprocessor(input_signal=samples[None], length=lengths)
    capture = watch(model.encoder, keep_all)
    encoded, encoded_lengths = model.encoder(audio_signal=features, length=feature_lengths)
    capture.remove()
    valid = int(encoded_lengths[0])
    tensors = capture.outputs
    for name, tensor in tensors.items():
        if name.startswith("layer"):
            tensors[name] = tensor[:valid]
    encoder = encoded[0].T[:valid].contiguous()
    tensors["encoder"] = encoder
    if keep_all:
        tensors["features"] = features[0]
    shape = dict(
        feature_frames_valid=int(feature_lengths[0]), feature_frames_array=features.shape[2],
        encoder_frames_valid=valid, encoder_frames_array=encoded.shape[2])
    return tensors, encoder, shape


def margin(scores):
    best, second = scores.topk(2).values
    return float(best - second)


def search(model, frames):
    """Greedy search for tokens and durations, every step of it."""
    blank, durations = len(model.joint.vocabulary), model.cfg.decoding.durations
    limit = model.cfg.decoding.greedy.max_symbols
    steps = {name: [] for name in "t u label duration_raw duration logprob logits".split()}
    margins, duration_margins, emitted = [], [], []
    projected = model.joint.project_encoder(frames[None])
    output, state = model.decoder.predict(None, None, add_sos=False, batch_size=1)
    frame, last, count = 0, -1, 0
    while frame < len(frames):
        logits = model.joint.joint_after_projection(
            projected[:, frame:frame + 1], model.joint.project_prednet(output))[0, 0, 0]
        labels, lengths = logits[:blank + 1], logits[blank + 1:]
        label = int(labels.argmax())
        raw = durations[int(lengths.argmax())]
        margins.append(margin(labels))
        duration_margins.append(margin(lengths))
        steps["t"].append(frame)
        steps["u"].append(len(emitted))
        steps["label"].append(label)
        steps["duration_raw"].append(raw)
        steps["duration"].append(max(raw, 1) if label == blank else raw)
        steps["logprob"].append(labels.log_softmax(-1)[label])
        steps["logits"].append(logits)
        if label == blank:
            frame += max(raw, 1)
            continue
        emitted.append((label, frame, raw, labels, lengths.log_softmax(-1).max()))
        output, state = model.decoder.predict(torch.tensor([[label]]), state, add_sos=False)
        count = count + 1 if frame == last else 1
        last = frame
        frame += 1 if raw == 0 and count >= limit else raw
    return steps, emitted, min(margins), min(duration_margins)


def confidences(emitted, count):
    bank = get_confidence_measure_bank()
    scores = torch.stack([labels for *_, labels, _ in emitted]).log_softmax(-1)
    return {
        "conf.max_prob_a1": bank["max_prob"](scores, count, 1.0),
        "conf.tsallis_a033_exp": bank["entropy_tsallis_exp"](scores, count, 0.33),
        "conf.gibbs_a1_lin": bank["entropy_gibbs_lin"](scores, count, 1.0)}


def transduce(model, frames):
    """Tensors of the search and the networks it asks, the tokens, and the margins."""
    steps, emitted, token_margin, duration_margin = search(model, frames)
    logits = torch.stack(steps.pop("logits"))
    kept = torch.arange(len(logits))[:: 1 + len(logits) // 5]
    tensors = {f"steps.{name}": torch.tensor(values) for name, values in steps.items()}
    tensors |= {"steps.logits_index": kept, "steps.logits": logits[kept]}
    ids, places, lengths, _, length_scores = zip(*emitted)
    tensors |= {
        "tokens.ids": torch.tensor(ids), "tokens.frames": torch.tensor(places),
        "tokens.durations": torch.tensor(lengths),
        "tokens.logprobs": torch.stack(
            [labels.log_softmax(-1)[label] for label, _, _, labels, _ in emitted]),
        "tokens.duration_logprobs": torch.stack(length_scores)}
    blank = len(model.joint.vocabulary)
    tensors |= confidences(emitted, blank + 1)
    # The networks at tokens and frames that do not depend on the search.
    sequence = torch.randint(0, blank, (7,), generator=torch.Generator().manual_seed(7))
    outputs, (h, c) = model.decoder.predict(sequence[None], None, add_sos=True)
    times = torch.linspace(0, len(frames) - 1, 3).long()
    prefixes = torch.tensor([0, 1, 2, 7])
    projected = model.joint.project_prednet(outputs)
    encoded = model.joint.project_encoder(frames[None, times])
    tensors |= {
        "pred.sequence": sequence, "pred.outputs": outputs[0], "pred.projected": projected[0],
        "pred.h_final": h[:, 0], "pred.c_final": c[:, 0], "joint.t_index": times,
        "joint.u_index": prefixes, "joint.enc_projected": encoded[0],
        "joint.logits": model.joint.joint_after_projection(encoded, projected[:, prefixes])[0]}
    return tensors, dict(min_token_margin=token_margin, min_duration_margin=duration_margin)


def classify(model, frames):
    """Tensors of the CTC head, and its text and margin."""
    scores = model.ctc_decoder(encoder_output=frames.T[None])[0]
    blank = scores.shape[1] - 1
    best = scores.argmax(-1)
    starts = [t for t in range(len(best))
              if best[t] != blank and (t == 0 or best[t] != best[t - 1])]
    tensors = {
        "ctc.logprobs": scores, "ctc.argmax": best, "ctc.token_ids": best[starts],
        "ctc.token_frames": torch.tensor(starts, dtype=torch.int64)}
    theirs = model.ctc_decoding.ctc_decoder_predictions_tensor(
        scores[None], torch.tensor([len(scores)]), return_hypotheses=True)[0]
    text = model.tokenizer.ids_to_text(best[starts].tolist())
    assert theirs.text == text, (theirs.text, text)
    return tensors, dict(text=text, min_margin=min(margin(row) for row in scores))


def stamps(hypothesis):
    """NeMo's offsets in frames."""
    def rows(kind, label):
        return [{key: row[key] for key in (label, "start_offset", "end_offset")}
                for row in hypothesis.timestamp[kind]]
    return {kind: rows(kind, kind) for kind in ("char", "word", "segment")}


def decode_by_nemo(model, frames):
    """The same by NeMo's own search, with its text and timestamps."""
    decoding = OmegaConf.create(OmegaConf.to_container(model.cfg.decoding))
    decoding.compute_timestamps = True
    model.change_decoding_strategy(decoding, verbose=False)
    return model.decoding.rnnt_decoder_predictions_tensor(
        encoder_output=frames.T[None], encoded_lengths=torch.tensor([len(frames)]),
        return_hypotheses=True)[0]


def dumps(notes):
    return json.dumps(notes, ensure_ascii=False, separators=(",", ":"))


def golden(model, name, v, recording, keep_all):
    samples = read_wave(FIXTURES / "wav" / f"{recording}.wav")
    tensors, frames, shape = encode(model, samples, keep_all)
    notes = dict(
        wav=recording, samples=len(samples), seconds=len(samples) / 16000) | shape
    if v["attention"]:
        notes["att_context_size"] = v["attention"]
    # NeMo may take a softmax over tokens and durations together, which its decisions survive.
    hypothesis = decode_by_nemo(model, frames)
    model.joint.log_softmax = False
    more, margins = transduce(model, frames)
    model.joint.log_softmax = None
    tensors |= more
    assert more["tokens.ids"].tolist() == [int(token) for token in hypothesis.y_sequence]
    notes |= margins | dict(
        text=hypothesis.text,
        pieces=model.tokenizer.ids_to_tokens(more["tokens.ids"].tolist()),
        timestamps_frames=stamps(hypothesis))
    if v["ctc"]:
        more, notes["ctc"] = classify(model, frames)
        tensors |= more
    smallest = min(notes["min_token_margin"], notes["min_duration_margin"],
                   notes.get("ctc", {}).get("min_margin", 1))
    assert smallest > MARGIN, f"{name}/{recording}: a margin of {smallest}, take another seed"
    arrays = {
        key: tensor.contiguous().numpy().astype(numpy.float32 if tensor.is_floating_point()
                                                else numpy.int32)
        for key, tensor in sorted(tensors.items())}
    place = FIXTURES / name / recording
    file = place.with_suffix(".safetensors")
    save_file(arrays, file, metadata={"json": dumps(notes)})
    file.chmod(0o644)
    notes["shapes"] = {key: list(array.shape) for key, array in arrays.items()}
    place.with_suffix(".json").write_text(dumps(notes) + "\n")
    print(f"{name}/{recording}: {notes['text']!r}, smallest margin {smallest:.3f}")


def main(names):
    nemo_logging.setLevel(logging.ERROR)
    torch.set_num_threads(1)
    for name in names or VARIANTS:
        v = VARIANTS[name]
        path = FIXTURES / name / f"{name}.nemo"
        build(name, v, path)
        model = ASRModel.restore_from(str(path), map_location="cpu")
        assert next(model.parameters()).dtype == torch.float32
        model.eval()
        with torch.no_grad():
            for recording, keep_all in RECORDINGS:
                golden(model, name, v, recording, keep_all)


if __name__ == "__main__":
    main(sys.argv[1:])
