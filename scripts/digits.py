"""The digits of src/signals/digits/, from the copy of the UCI repository's data that ships with scikit-learn.

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python scripts/digits.py

writes the file anew, byte for byte the same. src/signals/digits/README.md says whose the data are.
"""

from pathlib import Path

import numpy
from sklearn.datasets import load_digits

FILE = Path(__file__).parent.parent / "src" / "signals" / "digits" / "digits.u8"


def digits():
    """A digit after the other: its label, then 64 grey levels from 0 to 16, row by row; a byte each."""
    data, labels = load_digits(return_X_y=True)
    assert data.shape == (1797, 64) and data.min() == 0 and data.max() == 16 and (data == data.astype(int)).all()
    rows = numpy.column_stack([labels, data]).astype(numpy.uint8)
    FILE.write_bytes(rows.tobytes())


digits()
