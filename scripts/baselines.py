"""Classic summarizers and trivial orders measured like our letters. Called by scripts/baselines.

Each orders the sentences that `digest parse` gives, by its own score; the letter is filled best first, a sentence that no
longer fits is passed over. The figures are those of `digest eval` (src/quality/figures.rs): nDCG with gains 2^grade - 1 and
tied places shared, mass and must against the best letter of the budget, precision and junk of the letter."""

import json, math, pathlib, random, re, statistics, subprocess, sys

import numpy
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

SEEDS = 20
STOP = frozenset("""af alle alt at blev blive bliver da de dem den denne der deres det dette dig din disse dog du efter eller en end er
et for fra ham han hans har havde have hende hendes her hos hun hvad hvis hvor i ikke ind jeg jer jo kunne man mange med meget men mig
min mine mit mod ned noget nogle nu når og også om op os over på selv sig sin sine sit skal skulle som sådan thi til ud under var vi
vil ville vor være været""".split())
# Words that Edmundson's method is told of; what a Dane would give it without having read the minutes.
BONUS = frozenset("besluttede besluttet vedtog godkendt frist senest skal ret krav økonomi besparelse ændring nye".split())
STIGMA = frozenset("takkede hilste eventuelt spurgte måske fx".split())


class Words:
    """Sumy's own tokenizer wants a model to be fetched; sentences we have already."""

    def to_words(self, text):
        return tuple(re.findall(r"[^\W\d_]+", text))

class Capture:
    """Keeps the ratings by which a summarizer would have chosen."""

    def __init__(self, summarizer):
        self.rating = None
        summarizer._get_best_sentences = self.keep

    def keep(self, sentences, count, rating, *args, **kwargs):
        if isinstance(rating, dict):
            self.rating = [rating[sentence] for sentence in sentences]
        else:
            self.rating = [rating(sentence, *args, **kwargs) for sentence in sentences]
        return sentences

def norm(text):
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[\s*]+", " ", text).strip().rstrip(".").lower()

class Unique(Sentence):
    """Sentences with the same words are two; Sumy would take them for one."""

    __slots__ = ("_place",)

    def __init__(self, text, words, place):
        super().__init__(text, words)
        self._place = place

    def __eq__(self, other):
        return self._place == other._place

    def __hash__(self):
        return hash(self._place)

def document(items):
    """A paragraph per item, its title as heading."""
    words, place, paragraphs = Words(), 0, []
    for title, sentences in items:
        lines = [Sentence(title, words, is_heading=True)] if title else []
        for text in sentences:
            lines.append(Unique(text, words, place))
            place += 1
        paragraphs.append(Paragraph(lines))
    return ObjectDocumentModel(paragraphs), place

def classic(items, name):
    model, count = document(items)
    stemmer = Stemmer("danish")
    make = {"luhn": LuhnSummarizer, "textrank": TextRankSummarizer, "lexrank": LexRankSummarizer, "lsa": LsaSummarizer,
            "kl": KLSummarizer, "sumbasic": SumBasicSummarizer, "edmundson": EdmundsonSummarizer}[name]
    summarizer = make(stemmer)
    if name == "edmundson":
        summarizer.bonus_words, summarizer.stigma_words, summarizer.null_words = BONUS, STIGMA, STOP
    else:
        summarizer.stop_words = STOP
    capture = Capture(summarizer)
    numpy.random.seed(1)
    summarizer(model, count)
    return capture.rating

CLASSICS = ["luhn", "textrank", "lexrank", "lsa", "kl", "sumbasic", "edmundson"]

def fill(scores, length, budget):
    chosen, used = set(), 0
    for place in sorted(range(len(scores)), key=lambda place: (-scores[place], place)):
        if used + length[place] <= budget:
            chosen.add(place)
            used += length[place]
    return chosen

def knapsack(values, weights, budget):
    best = [0.0] * (budget + 1)
    for value, weight in zip(values, weights):
        if value > 0:
            for room in range(budget, weight - 1, -1):
                best[room] = max(best[room], best[room - weight] + value)
    return best[budget]

def ndcg(grades, scores):
    gain = lambda grade: 2**grade - 1
    order = sorted(range(len(grades)), key=lambda place: -scores[place])
    gains = []
    while order:
        tied = [place for place in order if scores[place] == scores[order[0]]]
        gains += [sum(gain(grades[place]) for place in tied) / len(tied)] * len(tied)
        order = order[len(tied):]
    dcg = lambda values: sum(value / math.log2(place + 2) for place, value in enumerate(values))
    return dcg(gains) / dcg(sorted(map(gain, grades), reverse=True))

def measure(marks, audience, keys, lengths, scores, budget):
    """The letter is filled from all sentences, also those nobody marked; only marked ones count in the figures."""
    places = {key: place for place, key in enumerate(keys)}
    chosen = {keys[place] for place in fill(scores, lengths, budget)}
    last = min(scores) - 1.0
    mark_keys = [(mark["item"], norm(mark["text"])) for mark in marks]
    ranking = [scores[places[key]] if key in places else last for key in mark_keys]
    grades = [mark[audience] for mark in marks]
    words = [len(mark["text"].split()) for mark in marks]
    must = [float(grade >= 1.5) for grade in grades]
    most, best = knapsack(must, words, budget), knapsack(grades, words, budget)
    picks = [place for place, key in enumerate(mark_keys) if key in chosen]
    return {
        "nDCG": ndcg(grades, ranking) if any(grades) else None,
        "mass": sum(grades[place] for place in picks) / best if best else None,
        "must": sum(must[place] for place in picks) / most if most else None,
        "precision": sum(grades[place] >= 1 for place in picks) / len(picks) if picks else None,
        "junk": float(sum(grades[place] < 0.5 for place in picks)),
    }


def run(digest, root, *arguments):
    out = subprocess.run([digest, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]

def minutes_of(labels, folder):
    for place in [folder] if folder else [labels.parent, labels.parent / ".." / "minutes"]:
        for file in sorted(place.glob(labels.stem + ".*")):
            if file.suffix not in (".json", ".jsonl"):
                return file
    sys.exit(f"no minutes named {labels.stem}; name their folder with --minutes DIR")

def table(digest, root, labels, folder, budgets):
    minutes = minutes_of(labels, folder)
    marks = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    parsed = run(digest, root, "parse", "--format", "json", str(minutes))[0]
    items, keys = [], []
    for item in parsed["items"]:
        own = [entry for section in item["sections"] if section["kind"] == "decision" for entry in section["sentences"]
               if entry["kind"] not in ("subheading", "attendance")]
        if own:
            items.append((item["title"], [entry["text"] for entry in own]))
            keys += [(item["number"], norm(entry["text"])) for entry in own]
    lengths = [len(text.split()) for _, sentences in items for text in sentences]
    # The first sentence of each item, then the second of each.
    rows = {"lead": [[-float(place) for _, sentences in items for place in range(len(sentences))]]}
    rows["random"] = [[random.Random(1000 * seed + place).random() for place in range(len(keys))] for seed in range(SEEDS)]
    for name in CLASSICS:
        rows[name] = [classic(items, name)]
    rows["longest first"] = [[float(length) for length in lengths]]
    rows["shortest first"] = [[-float(length) for length in lengths]]

    print(f"\n{labels.name}: {len(marks)} marked sentences\n")
    columns = ["nDCG", "mass", "must", "precision", "junk"]
    head = ["candidate", *columns]
    print("| " + " | ".join(head + ["—"] + columns) + " |")
    print("|" + "---|" * (len(head) + 1 + len(columns)))
    show = lambda value, name: "-" if value is None else f"{value:.0f}" if name == "junk" else f"{value:.2f}"
    for name, runs in rows.items():
        cells = [name]
        for audience, budget in budgets.items():
            found = [measure(marks, audience, keys, lengths, scores, budget) for scores in runs]
            mean = lambda key: None if found[0][key] is None else statistics.mean(one[key] for one in found)
            cells += [show(mean(column), column) for column in columns] + ["—"]
        print("| " + " | ".join(cells[:-1]) + " |")
    ours = {row["audience"]: row for row in run(digest, root, "eval", "--format", "json", "--minutes", str(minutes.parent.resolve()), str(labels.resolve()))}
    cells, ends = ["**digest**"], ["95 % inside"]
    for audience in budgets:
        cells += [show(ours[audience][column], column) for column in columns] + ["—"]
        ends += ["–".join(show(end, column) for end in ours[audience]["intervals"][column] or [None]) for column in columns] + ["—"]
    print("| " + " | ".join(cells[:-1]) + " |")
    print("| " + " | ".join(ends[:-1]) + " |")

def main():
    digest, root, *arguments = sys.argv[1:]
    folder = None
    if "--minutes" in arguments:
        at = arguments.index("--minutes")
        folder = pathlib.Path(arguments[at + 1])
        del arguments[at:at + 2]
    for name in arguments:
        table(digest, root, pathlib.Path(name).resolve(), folder, {"medarbejdere": 200, "tillidsvalgte": 400})

main()
