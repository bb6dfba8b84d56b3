import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const POLICY = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  // Lit and KaTeX set style attributes.
  "style-src": "'self' 'unsafe-inline'",
  "font-src": "'self' data:",
  "img-src": "'self' data: blob:",
  "worker-src": "'self' blob:",
  "connect-src": "'self'",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  // Text becomes no markup and no script but through these; browsers without trusted types ignore both lines.
  "require-trusted-types-for": "'script'",
  "trusted-types": "default lit-html dompurify",
};

/**
 * Writes the policy into the built page: nothing comes from elsewhere, nothing leaves the tab, no eval.
 * As a <meta>, because any host with default headers must do; not in development, where Vite injects scripts.
 */
export function contentSecurityPolicy(): Plugin {
  return {
    name: "pursuit:content-security-policy",
    apply: "build",
    transformIndexHtml: { order: "post", handler: (html) => prepend(html, POLICY) },
  };
}

/** The same for the single file. Its scripts are inline, and each is allowed by its hash. */
export function inlineContentSecurityPolicy(): Plugin {
  return {
    name: "pursuit:inline-content-security-policy",
    apply: "build",
    // After vite-plugin-singlefile, which must stand before it in the list.
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "asset" || !file.fileName.endsWith(".html")) continue;
          const html = String(file.source);
          const scripts = [...html.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)];
          const hashes = scripts.map(([, script = ""]) => `'sha256-${sha256(script)}'`);
          file.source = prepend(html, {
            ...POLICY,
            "script-src": `${hashes.join(" ")} 'wasm-unsafe-eval'`,
            "worker-src": "blob:",
            "connect-src": "'none'",
          });
        }
      },
    },
  };
}

function prepend(html: string, policy: Record<string, string>): string {
  const content = Object.entries(policy).map(([directive, sources]) => `${directive} ${sources}`);
  const meta = `<meta http-equiv="Content-Security-Policy" content="${content.join("; ")}">`;
  return html.replace(/<head>/, `<head>\n    ${meta}`);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
