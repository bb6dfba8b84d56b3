/**
 * The page's policy demands trusted types (`scripts/vite/content-security-policy.ts`): no text becomes markup or script but
 * through a policy with a name. Markup is lit's and DOMPurify's business. What is left are the addresses of workers, which are files of this
 * page or made by it; with this default policy browsers refuse all others, whoever asks.
 */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

trustedTypes?.createPolicy("default", {
  createScriptURL(text) {
    const url = new URL(text, location.href);
    // A page that is opened from disk has no origin of its own; its workers are made by it.
    if (url.protocol === "blob:" || (url.origin === location.origin && url.origin !== "null"))
      return text;
    throw new TypeError(`${url.origin} is not where this page's scripts come from`);
  },
});
