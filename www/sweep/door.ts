import type { openStudy as open } from "./open-study.ts";
import type { Study } from "./study.ts";

/** The study that an address asks for, and its page; both are loaded when somebody goes there. */
export async function openStudy(...asked: Parameters<typeof open>): Promise<Study> {
  const [{ openStudy }] = await Promise.all([
    import("./open-study.ts"),
    import("./sweep-page.ts"),
    import("./sweep-share.ts"),
  ]);
  return openStudy(...asked);
}
