import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A program that answers each line of JSON on its standard input with one on its standard output. */
export function converse(program, args, { env = {} } = {}) {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const waiting = [];
  let errors = "";
  const end = (message) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(message));
  };
  child.stderr.on("data", (text) => {
    errors = `${errors}${text}`.slice(-2000);
  });
  child.on("error", (error) => end(`cannot run ${program}: ${error.message}`));
  child.on("close", (code) => end(`${program} ended (${code})\n${errors}`));
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.resolve(line));
  return {
    async ask(command) {
      const answer = new Promise((resolve, reject) => waiting.push({ resolve, reject }));
      child.stdin.write(`${JSON.stringify(command)}\n`);
      const parsed = JSON.parse(await answer);
      if (parsed.error) throw new Error(parsed.error);
      return parsed;
    },
    close() {
      child.stdin.end();
    },
  };
}
