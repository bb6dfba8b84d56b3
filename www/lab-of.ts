import exhibitLabs from "../target/web/exhibits.json";

/** The lab that has an exhibit. */
export function labOf(exhibit: string): string | undefined {
  return Object.hasOwn(exhibitLabs, exhibit)
    ? exhibitLabs[exhibit as keyof typeof exhibitLabs]
    : undefined;
}
