"""Transformers: tokenizers of every family are aligned, training learns, predictions are spans.

The models and tokenizers are tiny and made here; nothing is downloaded.
"""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig,
    BertForTokenClassification,
    CanineConfig,
    CanineForTokenClassification,
    CanineTokenizer,
    PreTrainedTokenizerFast,
)

from onrecord.model import Article
from onrecord.predictors.labelling.finetune import Recipe, train_transformer
from onrecord.predictors.labelling.pieces import Window, best, heads, size, windows
from onrecord.predictors.labelling.pretrained import Pretrained, open_pretrained
from onrecord.predictors.labelling.rows import apart, labelled_words
from onrecord.predictors.transformer import open_transformer
from onrecord.problem import ModelError, NotFoundError

from .articles import add_actor, add_claim, add_quote, article
from .test_sequences import NASTY

pytestmark = pytest.mark.extras


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The models are so small that threads only wait for each other."""
    torch.set_num_threads(1)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


TEXT = "Kim Lund told us that ships sail. Oruvia denied that."
SAMPLES = [
    TEXT,
    "“No,” said Kim – it's café.",
    "日本の首相は言った。",
    "e\u0301\U0001f600 \ufb01ne",
]
PAD = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def fast(tokenizer: Tokenizer) -> PreTrainedTokenizerFast:
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", cls), ("[SEP]", sep)]
    )
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]"}
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, sep_token="[SEP]", **special)


def word_piece() -> PreTrainedTokenizerFast:
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=150, special_tokens=PAD, show_progress=False)
    made.train_from_iterator(SAMPLES, trainer)
    return fast(made)


def byte_level() -> PreTrainedTokenizerFast:
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=PAD, initial_alphabet=alphabet, show_progress=False
    )
    made.train_from_iterator(SAMPLES, trainer)
    return fast(made)


def unigram() -> PreTrainedTokenizerFast:
    made = Tokenizer(models.Unigram())
    made.normalizer = normalizers.NFKC()
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=120, special_tokens=PAD, unk_token="[UNK]", show_progress=False
    )
    made.train_from_iterator(SAMPLES, trainer)
    return fast(made)


Make = Callable[[], PreTrainedTokenizerFast]
FAMILIES: list[Make] = [word_piece, byte_level, unigram]


def tiny(tokenizer: PreTrainedTokenizerFast, folder: Path, **head: Any) -> str:
    """A small model with random weights, saved; its folder."""
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64, **head,
    )  # fmt: skip
    BertForTokenClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


def taught() -> Article:
    """Two sentences with one of everything."""
    made = article(TEXT)
    add_actor(made, "kim", "Kim Lund")
    add_actor(made, "oruvia", "Oruvia", kind="gpe")
    quote = add_quote(made, "ships sail", cue=("told",), speakers=("m-0000",))
    add_claim(made, "ships sail", quote=quote)
    return made


@pytest.mark.parametrize("make", FAMILIES)
@pytest.mark.parametrize("limit", [8, 12, 64])
@pytest.mark.parametrize("text", [*SAMPLES, *NASTY])
def test_every_word_has_its_piece(make: Make, limit: int, text: str) -> None:
    tokenizer = make()
    for row in labelled_words(article(text)):
        paragraph, words = apart(row, text)
        cut = windows(tokenizer, paragraph, limit)
        assert all(len(window.places) <= limit for window in cut)
        found = best(words, cut)
        for word, (number, piece) in found.items():
            start, end = cut[number].places[piece]
            assert paragraph[start:end] == paragraph[start:end].strip() != ""
            assert start < words[word][1]
            assert end > words[word][0]
        lost = [paragraph[a:b] for at, (a, b) in enumerate(words) if at not in found]
        assert not any(word.isalnum() for word in lost)


def test_blanks_belong_to_no_piece() -> None:
    [window] = windows(byte_level(), "\U0001f600 Kim  told", 64)
    shown = ["\U0001f600 Kim  told"[a:b] for a, b in window.places]
    assert "Kim" in "".join(shown)
    assert not any(" " in exact for exact in shown)


def window(*places: tuple[int, int]) -> Window:
    return Window({}, list(places))


def test_the_first_piece_of_each_word() -> None:
    cut = window((0, 0), (0, 2), (2, 3), (4, 9), (0, 0))
    assert list(heads([(0, 3), (4, 6), (6, 9), (10, 11)], cut)) == [(0, 1), (1, 3), (2, 3)]


def test_a_word_cut_by_a_window_has_no_first_piece_there() -> None:
    assert list(heads([(0, 3), (4, 6)], window((0, 0), (2, 3), (4, 6)))) == [(1, 2)]


def test_the_window_with_most_context_decides() -> None:
    words = [(at, at + 1) for at in range(6)]
    cut = [window(*words[:4]), window(*words[2:])]
    assert best(words, cut) == {
        0: (0, 0), 1: (0, 1), 2: (0, 2), 3: (1, 1), 4: (1, 2), 5: (1, 3),
    }  # fmt: skip


@pytest.mark.parametrize("make", FAMILIES)
def test_two_sentences_are_learnt(make: Make, tmp_path: Path) -> None:
    base = tiny(make(), tmp_path / "base")
    recipe = Recipe(epochs=60, rate=1e-2)
    trained = train_transformer([taught()], tmp_path / "own", base=base, recipe=recipe)
    assert trained == ["actors", "contents", "cues", "speakers", "claims"]
    found = open_transformer(str(tmp_path / "own"))
    assert found.layers == ("actors", "quotes", "claims")
    [made] = found.predict([taught().document])
    assert [m.exact for m in made.mentions] == ["Kim Lund", "Oruvia"]
    assert {actor.kind for actor in made.actors} == {"person", "gpe"}
    [quote] = made.quotes
    assert [span.exact for span in (*quote.cue, *quote.content)] == ["told", "ships sail"]
    assert [m.exact for m in made.mentions if m.id in quote.speakers] == ["Kim Lund"]
    [claim] = made.claims
    assert [span.exact for span in claim.content] == ["ships sail"]
    assert found.remarks() == []


def test_the_command_trains(
    tmp_path: Path, small: Path, onrecord: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    base = tiny(word_piece(), tmp_path / "base")
    asked = ("train", "hf", "--epochs", 1, "--columns", "cues", "claims", "--base")
    done = onrecord(*asked, base, cwd=small)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "models/hf: cues, claims learnt from 1 bundle\n"
    assert open_transformer(str(small / "models" / "hf")).layers == ("claims",)
    missing = onrecord(*asked, "no-such-model", "--replace", cwd=small)
    assert (missing.returncode, missing.stdout, missing.stderr.count("\n")) == (2, "", 1)
    assert (small / "models" / "hf" / "cues").is_dir()


@pytest.mark.parametrize("file", ["config.json", "model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("content", ["{", ""])
def test_a_damaged_model_is_one_line(file: str, content: str, tmp_path: Path) -> None:
    name = tiny(word_piece(), tmp_path)
    (tmp_path / file).write_text(content)
    with pytest.raises(NotFoundError) as raised:
        open_pretrained(name)
    assert "\n" not in str(raised.value)


def test_the_same_seed_gives_the_same_model(
    tmp_path: Path, tree: Callable[[Path], dict[str, str]]
) -> None:
    base = tiny(word_piece(), tmp_path / "base")
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        recipe = Recipe(epochs=2, seed=seed)
        train_transformer([taught()], tmp_path / name, base=base, names=["cues"], recipe=recipe)
    one, again, other = (tree(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again != other
    assert {Path(name).parts[0] for name in one} == {"cues"}


def test_long_paragraphs_are_read_in_windows(tmp_path: Path) -> None:
    base = tiny(word_piece(), tmp_path / "base")
    recipe = Recipe(epochs=60, rate=1e-2)
    train_transformer([taught()], tmp_path / "own", base=base, names=["actors"], recipe=recipe)
    long = article(" ".join([TEXT] * 20))
    [made] = open_transformer(str(tmp_path / "own")).predict([long.document])
    assert [m.exact for m in made.mentions].count("Oruvia") > 15
    assert not made.quotes


def test_columns_that_are_not_annotated_are_told(tmp_path: Path) -> None:
    base = tiny(word_piece(), tmp_path / "base")
    made = article(TEXT, layers=("actors",))
    with pytest.raises(ModelError, match="cues"):
        train_transformer([made], tmp_path / "own", base=base, names=["actors", "cues"])


@pytest.fixture
def constant(tmp_path: Path) -> Callable[..., str]:
    """A model that gives every piece the same label, the last of these."""

    def make(*labels: str) -> str:
        name = tiny(word_piece(), tmp_path / "m", id2label=dict(enumerate(labels)))
        opened = open_pretrained(name)
        opened.model.classifier.weight.data.zero_()
        opened.model.classifier.bias.data.copy_(
            opened.model.classifier.bias.new_tensor(range(len(labels)))
        )
        opened.model.save_pretrained(name)
        return name

    return make


def test_a_model_for_names_marks_actors(constant: Callable[..., str]) -> None:
    found = open_transformer(constant("O", "B-MISC", "B-LOC"))
    assert found.layers == ("actors",)
    [made] = found.predict([article("Oruvia sank.").document])
    assert {actor.kind for actor in made.actors} == {"gpe"}
    assert "Oruvia" in {m.exact for m in made.mentions}


def test_spans_without_a_place_are_told(constant: Callable[..., str]) -> None:
    found = open_transformer(constant("O", "B-PER", "B-MISC"))
    [made] = found.predict([article("Oruvia sank.").document])
    assert not made.mentions
    assert found.remarks() == ["left out: 3 spans of type 'MISC'"]


def test_labels_without_meaning_are_refused(constant: Callable[..., str]) -> None:
    with pytest.raises(ModelError, match="NEGATIVE"):
        open_transformer(constant("POSITIVE", "NEGATIVE"))


@pytest.mark.parametrize("name", ["no-such-model", "no/such/model", "", "/no/such/folder"])
def test_no_model_is_one_line(name: str) -> None:
    with pytest.raises(NotFoundError) as raised:
        open_transformer(name)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("text", NASTY)
def test_any_text_is_annotated(text: str, constant: Callable[..., str]) -> None:
    [made] = open_transformer(constant("O", "B-PER", "I-PER")).predict([article(text).document])
    assert all(text[m.start : m.end] == m.exact != "" for m in made.mentions)


def test_windows_fit_the_model(tmp_path: Path) -> None:
    tokenizer = word_piece()
    assert size(tokenizer, BertConfig(max_position_embeddings=64)) == 62
    assert size(tokenizer, object()) == 512
    tokenizer.model_max_length = 100
    assert size(tokenizer, BertConfig(max_position_embeddings=514)) == 100
    tokenizer.model_max_length = 4
    name = tiny(tokenizer, tmp_path)
    with pytest.raises(ModelError):
        open_pretrained(name)


def test_rows_of_different_lengths_are_padded(tmp_path: Path) -> None:
    opened: Pretrained = open_pretrained(tiny(word_piece(), tmp_path))
    texts = ["Kim", TEXT]
    cut = [windows(opened.tokenizer, text, opened.size)[0] for text in texts]
    inputs = opened.inputs(cut)
    assert inputs["attention_mask"].sum(1).tolist() == [len(each.places) for each in cut]
    alone = opened.model(**opened.inputs(cut[:1])).logits[0]
    beside = opened.model(**inputs).logits[0, : len(cut[0].places)]
    assert (alone - beside).abs().max() < 1e-5


def test_a_model_without_offsets_is_refused(tmp_path: Path) -> None:
    config = CanineConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
    )  # fmt: skip
    CanineForTokenClassification(config).save_pretrained(tmp_path)
    CanineTokenizer().save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="fast"):
        open_pretrained(str(tmp_path))
