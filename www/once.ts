/** What was asked for under a name before, or is asked for now; what failed is asked for again the next time. */
export function once<T>(
  asked: Map<string, Promise<T>>,
  name: string,
  ask: () => Promise<T>,
): Promise<T> {
  const known = asked.get(name);
  if (known) return known;
  const answer = ask();
  asked.set(name, answer);
  answer.catch(() => asked.delete(name));
  return answer;
}
