"""Survey exports built from a known table of answers, in every form that exports have them in."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from fractions import Fraction

FIVE = {
    "en": ("Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"),
    "de": ("sehr unzufrieden", "unzufrieden", "weder noch", "zufrieden", "sehr zufrieden"),
    "fr": ("Très insatisfait", "Insatisfait", "Neutre", "Satisfait", "Très satisfait"),
    "es": ("Muy insatisfecho", "Insatisfecho", "Neutral", "Satisfecho", "Muy satisfecho"),
    "it": ("Molto insoddisfatto", "Insoddisfatto", "Neutro", "Soddisfatto", "Molto soddisfatto"),
    "nl": ("Zeer ontevreden", "Ontevreden", "Neutraal", "Tevreden", "Zeer tevreden"),
    "grades": ("Very poor", "Poor", "Average", "Good", "Excellent"),
    "noten": ("sehr schlecht", "schlecht", "mittel", "gut", "sehr gut"),
    "fair": ("Poor", "Fair", "Good", "Very good", "Excellent"),
    "monkey": (
        *("Not at all satisfied", "Not so satisfied", "Somewhat satisfied", "Very satisfied"),
        "Extremely satisfied",
    ),
}
SEVEN = (
    *("Extremely dissatisfied", "Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied"),
    *("Very satisfied", "Extremely satisfied"),
)
THREE = ("Negative", "Neutral", "Positive")
LIKELY = {
    "en": ("Not at all likely", "Extremely likely"),
    "de": ("überhaupt nicht wahrscheinlich", "äußerst wahrscheinlich"),
    "fr": ("Pas du tout probable", "Extrêmement probable"),
}
NOTHING = ("", "", "Offered", "n/a", "-", "k.A.")
STARS = ("stars", "Sterne", "étoiles", "estrellas", "stelle")
OF = ("{}/{}", "{} / {}", "{} out of {}", "{} von {}", "{} sur {}", "{} de {}")
LABELS = ("{} - {}", "{} ({})", "{} = {}", "{}: {}", "{} \u2013 {}")


@dataclass
class Form:
    """An export, and what it says: `csat`, `mean` and `nps` as values with their n."""

    text: str
    known: dict[str, tuple[Fraction | None, int]] = field(default_factory=dict)
    asks: bool = False
    says: str = ""
    settings: str = ""


def shares(answers):
    """CSAT and its mean of answers (score, low, high), by going through them."""
    if not answers:
        return {}
    tops = {(1, 5): 2, (1, 7): 2, (0, 1): 1}
    satisfied, above = 0, Fraction(0)
    for score, low, high in answers:
        above += Fraction(score - low, high - low)
        if (low, high) not in tops:
            satisfied = None
        elif satisfied is not None and score > high - tops[low, high]:
            satisfied += 1
    count = len(answers)
    value = None if satisfied is None else Fraction(satisfied, count)
    return {"csat": (value, count), "csat_mean": (above / count, count)}


def points(scores):
    """NPS of scores, by going through them."""
    if not scores:
        return {}
    promoters = len([score for score in scores if score in {9, 10}])
    detractors = len([score for score in scores if score not in {7, 8, 9, 10}])
    return {"nps": (Fraction(100 * (promoters - detractors), len(scores)), len(scores))}


def written(header, rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue()


def dated(rng, header, cells, *, footer=()):
    """A file of answers with ids and days of June, in any order of columns and rows."""
    columns = ["Response ID", "Responded At", header, "Team"]
    rows = [
        [f"R{place}", f"2025-06-{rng.randint(1, 30):02}", cell, rng.choice(("North", "South"))]
        for place, cell in enumerate(cells)
    ]
    rng.shuffle(rows)
    order = rng.sample(range(4), 4)
    rows = [[row[at] for at in order] for row in rows]
    return written([columns[at] for at in order], [*rows, *footer], rng.choice(",;\t"))


def blanks(rng):
    return [rng.choice(NOTHING) for _ in range(rng.randint(0, 3))]


def scores_of(rng, low, high, most=30):
    return [rng.randint(low, high) for _ in range(rng.randint(1, most))]


def in_words(rng):
    name = rng.choice([*FIVE, "seven", "three", "mixed"])
    if name == "mixed":
        tables = [FIVE[one] for one in ("en", "de", "fr", "es")]
        scores = scores_of(rng, 1, 5)
        cells = [rng.choice(tables)[score - 1] for score in scores]
        return Form(dated(rng, "CSAT", cells + blanks(rng)), shares([(s, 1, 5) for s in scores]))
    table = SEVEN if name == "seven" else THREE if name == "three" else FIVE[name]
    scores = scores_of(rng, 1, len(table))
    if name in {"seven", "monkey", "fair"}:  # some words of theirs are inner ones of other scales
        scores += range(1, len(table) + 1)
    cells = [rng.choice((str, str.upper, str.lower))(table[score - 1]) for score in scores]
    known = shares([(score, 1, len(table)) for score in scores])
    return Form(dated(rng, "Satisfaction", cells + blanks(rng)), known)


def in_stars(rng):
    scores = scores_of(rng, 1, 5)
    ways = (
        lambda s: "★" * s + "☆" * (5 - s),
        lambda s: "⭐" * s,
        lambda s: f"{s} {rng.choice(STARS)}" if s > 1 else "1 star",
        lambda s: rng.choice(OF).format(s, 5),
        lambda s: f"{s}.0 out of 5 stars",
    )
    several = rng.sample(ways, rng.randint(1, 2))
    cells = [rng.choice(several)(score) for score in scores]
    return Form(dated(rng, "CSAT", cells + blanks(rng)), shares([(s, 1, 5) for s in scores]))


def of_several_scales(rng):
    answers = []
    for _ in range(rng.randint(1, 30)):
        low, high = rng.choice(((1, 5), (1, 7), (0, 10)))
        answers.append((rng.randint(low, high), low, high))
    if rng.random() < 0.5:
        cells = [rng.choice(OF).format(score, high) for score, _, high in answers]
        return Form(dated(rng, "CSAT", cells), shares(answers))
    rows = [[f"R{n}", "2025-06-02", "csat", s, top] for n, (s, _, top) in enumerate(answers)]
    header = ["response_id", "responded_at", "kind", "score", "scale_max"]
    return Form(written(header, rows), shares(answers))


def with_labelled_ends(rng):
    bad, good = LIKELY[rng.choice(list(LIKELY))]
    way = rng.choice(LABELS)
    labels = {0: bad, 10: good}
    scores = [*scores_of(rng, 0, 10), rng.randint(6, 10)]
    turned = rng.random() < 0.2
    if turned:
        labels, scores = {0: good, 10: bad}, [*scores, 0, 10]
    cells = [way.format(s, labels[s]) if s in labels else s for s in scores]
    if rng.random() < 0.2 and not turned:
        cells = [f"{labels[s]} - {s}" if s in labels else s for s in scores]
    return Form(dated(rng, "NPS", cells + blanks(rng)), points(scores), asks=turned)


def with_labelled_words(rng):
    table = FIVE[rng.choice(["en", "de", "fr", "es"])]
    way = rng.choice(LABELS)
    scores = [*scores_of(rng, 1, 5), 5]
    turned = rng.random() < 0.3
    if turned:
        table, scores = table[::-1], [*scores, 1, 5]
    cells = [way.format(score, table[score - 1]) for score in scores]
    known = shares([(score, 1, 5) for score in scores])
    return Form(dated(rng, "CSAT", cells + blanks(rng)), known, asks=turned)


def good_or_bad(rng):
    scores = scores_of(rng, 0, 1)
    words = rng.choice((("bad", "good"), ("schlecht", "gut"), ("0", "1"), ("👎", "👍")))
    behind = rng.choice(("", "withcomment", " with comment", ": it took 3 days", " - thanks"))
    if words[0] not in {"bad", "schlecht"}:
        behind = ""
    cells = [words[s] + (behind if rng.random() < 0.5 else "") for s in scores]
    cells += rng.sample(["offered", "unoffered", "Offered", ""], 2)
    text = dated(rng, "Satisfaction Rating", cells)
    if rng.random() < 0.5:
        text = text.replace("Response ID", "Ticket ID").replace("Responded At", "Created At")
    return Form(text, shares([(s, 0, 1) for s in scores]))


def as_counts(rng):
    is_nps = rng.random() < 0.5
    low, high = (0, 10) if is_nps else (1, 5)
    header = "NPS" if is_nps else "CSAT"
    count = rng.choice(
        ("Responses", "Count", "Anzahl", "Réponses", "Número de respuestas", "Votes")
    )
    flat, rows = [], []
    for day in rng.sample(("2025-06-01", "2025-06-02", "2025-06-03"), rng.randint(0, 3)) or [None]:
        for score in rng.sample(range(low, high + 1), high + 1 - low):
            times = rng.choice((0, 1, 2, 13, 1_200))
            flat += [score] * times
            cells = [score, f"{times:,}" if rng.random() < 0.5 else times]
            rows.append([*([day] if day else []), *cells])
    known = points(flat) if is_nps else shares([(s, low, high) for s in flat])
    names = [*(["Date"] if day else []), header, count]
    if rng.random() < 0.5:
        rows.append([*([""] if day else []), "Total", len(flat)])
    if known and rng.random() < 0.2:  # a table of means, a row a day
        rows = [[f"2025-06-{n + 1:02}", rng.randint(low, high), 20 + n] for n in range(9)]
        return Form(written(["Date", header, count], rows), asks=True)
    return Form(written(names, rows), known)


def of_two_questions(rng):
    csats, npss = scores_of(rng, 1, 5), []
    npss = [rng.randint(0, 10) for _ in csats]
    csats[0], npss[0] = 5, 9
    both = list(zip(csats, npss, strict=True))
    cells = [(a if rng.random() < 0.8 else "", b if rng.random() < 0.8 else "") for a, b in both]
    cells[0] = both[0]
    rows = [[f"R{n}", "2025-06-05", a, b] for n, (a, b) in enumerate(cells)]
    known = shares([(a, 1, 5) for a, _ in cells if a != ""])
    known |= points([b for _, b in cells if b != ""])
    if rng.random() < 0.5:
        return Form(written(["Response ID", "Date", "CSAT", "NPS"], rows), known)
    names = ["How satisfied are you?", "How likely are you to recommend us?"]
    settings = '[[export]]\nfile = "*.csv"\nkind = "surveys"\n[export.columns]\n'
    told = rng.random() < 0.7
    settings = settings + f'score = ["{names[0]}", "{names[1]}"]\n' if told else ""
    text = written(["Response ID", "Date", *names], rows)
    return Form(text, known, asks=not told, settings=settings)


def on_faces(rng):
    top = rng.choice((3, 4, 5))
    scores = [*scores_of(rng, 1, top, most=30), top]
    form = Form(dated(rng, "NPS", scores), points(scores), asks=len(scores) >= 20)
    form.says = "above 5"
    return form


def with_footers(rng):
    scores = [*scores_of(rng, 0, 10), 9]
    rows = [[f"C{n}", "SME", s, 100] for n, s in enumerate(scores)]
    rows += [[f"D{n}", "SME", "", 100] for n in range(rng.randint(0, 3))]
    footers = (
        ["", "", "", "Y = 2*X"],
        ["", "", "", "1000"],
        ["Average", "", 8, ""],
        ["Total", "", "", 12],
    )
    rows += rng.sample(footers, rng.randint(0, 3))
    known = points(scores) | {"survey_response_rate": (None, 0)}
    return Form(written(["Customer Number", "Segment", "NPS Score", "Change"], rows), known)


def invited(rng):
    rows, answered, sent, scores = [], 0, 0, []
    for number in range(rng.randint(2, 30)):
        score = rng.choice(("", rng.randint(0, 10)))
        day = f"2025-06-{rng.randint(1, 20):02}"
        rows.append([f"R{number}", day, day if score != "" else "", score])
        sent, answered = sent + 1, answered + (score != "")
        scores += [score] if score != "" else []
    rate = (Fraction(answered, sent), sent) if answered < sent else (None, 0)
    known = points(scores) | {"survey_response_rate": rate}
    form = Form(written(["Response ID", "Sent At", "Responded At", "NPS"], rows), known)
    form.says = "above 5" if scores and max(scores) <= 5 else ""
    form.asks = bool(form.says) and len(scores) >= 20
    return form


FORMS = (
    *(in_words, in_stars, of_several_scales, with_labelled_ends, with_labelled_words, good_or_bad),
    *(as_counts, of_two_questions, on_faces, with_footers, invited),
)


def split(form, rng):
    """Two files of the same answers, rows dealt out among them."""
    header, *rows = form.text.splitlines()
    dealt = [rng.random() < 0.5 for _ in rows]
    return [
        "\n".join([header, *(row for row, first in zip(rows, dealt, strict=True) if first is half)])
        for half in (True, False)
    ]
