"""The patients of src/signals/patients/, from a copy of the UCI repository's data.

    python scripts/patients.py breastcancer_data.csv

reads the comma-separated copy that the repository ustunb/risk-slim has in examples/data (a header, then a label and nine
values a line), and writes the file anew, byte for byte the same. src/signals/patients/README.md says whose the data are.
"""

import csv
import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "src" / "signals" / "patients"

# The order of the values, as the UCI repository names them.
FEATURES = [
    "ClumpThickness",
    "UniformityOfCellSize",
    "UniformityOfCellShape",
    "MarginalAdhesion",
    "SingleEpithelialCellSize",
    "BareNuclei",
    "BlandChromatin",
    "NormalNucleoli",
    "Mitoses",
]


def breast_cancer(source):
    """A line a biopsy: nine values from 1 to 10, then 1 where it was malignant."""
    with open(source, newline="") as file:
        header, *rows = csv.reader(file)
    # The copy's first column is called after the benign class and holds 1 for the malignant one.
    assert header[1:] == FEATURES and len(rows) == 683
    lines = []
    for label, *values in rows:
        assert label in ("0", "1") and all(1 <= int(value) <= 10 for value in values)
        lines.append(" ".join([*values, label]))
    assert sum(line.endswith(" 1") for line in lines) == 239
    (FOLDER / "breast-cancer.txt").write_text("\n".join(lines) + "\n")


breast_cancer(sys.argv[1])
