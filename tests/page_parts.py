"""A page of HTML taken apart: which elements and attributes it has."""

from __future__ import annotations

from html.parser import HTMLParser

PLAIN = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "span", "div"),
    *("table", "thead", "tbody", "tr", "th", "td", "ul", "li"),
}
"""What our own templates are made of."""
CLASSES = {
    "quiet",
    "block",
    "kind",
    "places",
    "verdict",
    "ready",
    "ready-with-rejects",
    "not-usable",
    *("number", "word", "bar", "step", "stake", "account"),
}
CHARTED = PLAIN | {
    *("header", "nav", "main", "section", "a", "caption", "tfoot", "dl", "dt", "dd", "details"),
    *("summary", "figure", "figcaption", "svg", "desc", "text", "rect", "line", "path", "circle"),
    "script",
}
"""What the templates of pages with charts are made of."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class Parts(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.texts = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)


def check_page(text):
    """Hold a page to having nothing but what a template of ours has."""
    found = Parts(text)
    assert found.open == []
    assert {tag for tag, _ in found.elements} <= PLAIN
    assert [tag for tag, _ in found.elements].count("style") == 1
    for tag, attributes in found.elements:
        if tag not in {"html", "meta"}:
            assert set(attributes) <= {"class"}, (tag, attributes)
            assert set((attributes.get("class") or "").split()) <= CLASSES
    policies = [a["content"] for _, a in found.elements if "http-equiv" in a]
    assert policies == [POLICY]
    return found


def check_charts(text):
    """Hold a page with charts to what its template has: names are texts, and nothing acts."""
    found = Parts(text)
    assert found.open == []
    tags = [tag for tag, _ in found.elements]
    assert set(tags) <= CHARTED
    assert (tags.count("style"), tags.count("script")) == (1, 1)
    for tag, attributes in found.elements:
        assert not any(name.startswith("on") or name in {"src", "style"} for name in attributes)
        assert (attributes.get("href") or "#").startswith("#"), (tag, attributes)
    (policy,) = (a["content"] for _, a in found.elements if "http-equiv" in a)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    return found
