"""A line on the standard error: how far a sweep is, and how long it may take."""

import sys
import time


class Progress:
    """Rewrites its line on a terminal; in a log it writes one every half a minute."""

    def __init__(self, done: int):
        self.started = time.monotonic()
        self.first = self.done = done
        self.terminal = sys.stderr.isatty()
        self.next = self.started + (0 if self.terminal else 30)

    def show(self, more: int, total: int, workers: int) -> None:
        """Counts `more` trials of `total`. The time left is from the rate since the start."""
        self.done += more
        now = time.monotonic()
        if now < self.next:
            return
        self.next = now + (0.25 if self.terminal else 30)
        rate = (self.done - self.first) / (now - self.started)
        left = spell((total - self.done) / rate) if rate > 0 else "?"
        text = f"{self.done} of {total} trials, {rate:.3g}/s, {left} left, {workers} workers"
        sys.stderr.write(f"\r\033[K{text}" if self.terminal else f"{text}\n")
        sys.stderr.flush()

    def clear(self) -> None:
        """Takes the line away."""
        if self.terminal:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def spell(seconds: float) -> str:
    """3 h 5 min, 2 min 10 s, 9 s"""
    hours, minutes, rest = int(seconds) // 3600, int(seconds) // 60 % 60, int(seconds) % 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
