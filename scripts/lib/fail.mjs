/** Ends the script with a sentence instead of a stack trace. */
export function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}
