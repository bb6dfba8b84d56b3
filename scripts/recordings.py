"""The recordings of src/signals/recordings/, made from data that ship in Python packages.

    pip install numpy==2.4.6 pandas==3.1.1 pillow==13.0.0 scikit-image==0.26.0 statsmodels==0.15.0
    python scripts/recordings.py

writes the files anew, byte for byte the same. src/signals/recordings/README.md says whose the data are.
"""

from pathlib import Path

import numpy
from skimage import color, data
from statsmodels.datasets import co2

FOLDER = Path(__file__).parent.parent / "src" / "signals" / "recordings"

# The last 448 months without a gap: September 1964 to December 2001.
MONTHS = 448
# The galaxy's centre (row, column) in the picture, and the side of the square around it, in pixels.
CENTRE = (401, 124)
SIDE = 64


def mauna_loa():
    """Monthly means of the weekly values, in ppm; a line holds sixteen months."""
    weekly = co2.load_pandas().data["co2"]
    monthly = weekly.resample("MS").mean()[-MONTHS:]
    assert monthly.notna().all() and str(monthly.index[0].date()) == "1964-09-01"
    values = [f"{value:.2f}" for value in monthly]
    lines = [" ".join(values[i : i + 16]) for i in range(0, MONTHS, 16)]
    (FOLDER / "mauna-loa.txt").write_text("\n".join(lines) + "\n")


def galaxy():
    """Grey levels, a byte a pixel, row by row; a pixel is the mean of 2 x 2."""
    row, col = CENTRE
    half = SIDE // 2
    grey = color.rgb2gray(data.hubble_deep_field())[row - half : row + half, col - half : col + half]
    pixels = grey.reshape(half, 2, half, 2).mean(axis=(1, 3))
    (FOLDER / "galaxy.grey").write_bytes(numpy.round(255 * pixels).astype(numpy.uint8).tobytes())


mauna_loa()
galaxy()
