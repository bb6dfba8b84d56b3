/** Whether every word of the query is in the text, by its beginning, give or take one typing error in longer words. */
export function matches(query: string, text: string): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return query
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .every(
      (wanted) =>
        words.some((word) => word.startsWith(wanted)) ||
        // A year or a number is either right or another one.
        (wanted.length >= 4 && !/^\d+$/.test(wanted) && words.some((word) => near(wanted, word))),
    );
}

/** Whether `wanted` is at most one insertion, deletion, replacement or exchange away from a beginning of `word`. */
function near(wanted: string, word: string): boolean {
  return [wanted.length - 1, wanted.length, wanted.length + 1].some(
    (length) => length <= word.length && withinOne(wanted, word.slice(0, length)),
  );
}

function withinOne(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  const [x, y] = [a.slice(start), b.slice(start)];
  const swapped = x.length >= 2 && x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2);
  return swapped || x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1);
}
