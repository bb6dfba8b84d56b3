// A sound of one's own: WAV files, what they are cut to, and what is none; the microphone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { blameless } from "./lib/axe.mjs";
import { openLab, ready, serveDist } from "./lib/lab.mjs";
import { choice, drop, linkOf, solved } from "./lib/page.mjs";
import { chord, wav } from "./lib/wav.mjs";

const WIDE = { viewport: { width: 1440, height: 900 } };

// Splines take no time, so that the tests are about sounds.
const SPEC = {
  v: 1,
  problem: { id: "declipping", seconds: 0.1 },
  methods: [{ id: "cubic-declipping" }],
};

async function open(t, options = WIDE) {
  const { address } = await serveDist(t);
  return openLab(t, `${address}${linkOf(SPEC, "spade-declipping")}`, options);
}

const spec = (page) => page.evaluate(() => document.querySelector("pursuit-app").lab.spec);
const said = async (page) =>
  (await page.locator("spec-sentence .sentence").textContent()).replace(/\s+/g, " ").trim();

test("a WAV file is the sound: mixed down, at the lab's rate, said, undone and kept by the link", async (t) => {
  const page = await open(t);
  const before = await spec(page);
  const sound = chord(44_100, 0.3);
  await solved(page, () =>
    drop(
      page,
      "chord.wav",
      wav(
        44_100,
        sound,
        sound.map(() => 0),
      ),
    ),
  );
  const { problem } = await spec(page);
  assert.equal(problem.data.sound.length, 4800);
  assert.equal(Math.max(...problem.data.sound.map(Math.abs)), 1);
  await page.getByText("chord.wav is read as a sound of 0.300 s.").waitFor();
  assert.match(await said(page), /^Restore 0\.3 s of chord\.wav ?, clipped to 5 dB, by /);
  const gain = await page.evaluate(() => {
    const [method] = document.querySelector("pursuit-app").lab.recording.methods;
    return method.verdict.metrics.sdr_improvement;
  });
  assert.ok(gain > 0, `${gain} dB are won`);
  await blameless(page);

  await page.waitForFunction(() => location.hash.includes("s="));
  await page.waitForTimeout(400);
  const kept = await spec(page);
  await page.reload();
  await ready(page);
  assert.deepEqual(await spec(page), kept);
  assert.match(await said(page), /^Restore 0\.3 s of the given sound/);

  // A synthetic sound takes its place again.
  await choice(page, "sound").click();
  await solved(page, () => page.getByRole("option", { name: /^bells/ }).click());
  assert.equal((await spec(page)).problem.data, undefined);
  await solved(page, () => page.keyboard.press("Control+z"));
  assert.deepEqual(await spec(page), kept);
  assert.notDeepEqual(kept, before);
});

test("a WAV file is chosen from disk, too", async (t) => {
  const page = await open(t);
  const asked = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a WAV file" }).click();
  const chooser = await asked;
  const buffer = wav(16_000, chord(16_000, 0.1));
  await solved(page, () => chooser.setFiles({ name: "chosen.wav", mimeType: "audio/wav", buffer }));
  assert.equal((await spec(page)).problem.data.sound.length, 1600);
});

test("a long sound is cut, and the note says so", async (t) => {
  const page = await open(t);
  await solved(page, () => drop(page, "long.wav", wav(8000, chord(8000, 4.5))));
  assert.equal((await spec(page)).problem.data.sound.length, 48_000);
  await page.getByText("a sound of 4.50 s, cut to its first 3 s.").waitFor();
});

test("what is no sound gets one sentence, and nothing is lost", async (t) => {
  const page = await open(t);
  const before = await spec(page);
  const good = wav(16_000, chord(16_000, 0.5));
  const files = [
    ["cut.wav", good.subarray(0, 3000), /cut\.wav ends before its sound does/],
    ["other.wav", Buffer.from("ID3 and some more that is no sound at all, but text"), /not a WAV/],
    ["empty.wav", Buffer.alloc(0), /empty\.wav/],
    ["still.wav", wav(16_000, Array(8000).fill(0)), /still\.wav is silent/],
    ["click.wav", wav(16_000, Array(20).fill(0.5)), /click\.wav is shorter than 0\.02/],
    ["huge.wav", Buffer.alloc(16_000_001), /huge\.wav is larger than 16 MB/],
    ["two.csv", Buffer.from("1,2\n3,4\n5,6"), /two\.csv has 3 rows of 2 numbers/],
  ];
  for (const [name, bytes, sentence] of files) {
    await drop(page, name, bytes);
    await page.getByRole("alert").filter({ hasText: sentence }).waitFor();
    assert.match(await page.getByRole("alert").textContent(), /Nothing was loaded\.$/);
  }
  assert.deepEqual(await spec(page), before);
});

test("the microphone is recorded while its level is shown, up to what the problem takes", async (t) => {
  const page = await open(t, { ...WIDE, permissions: ["microphone"] });
  await page.getByRole("button", { name: "Record", exact: true }).click();
  const level = page.getByRole("meter", { name: "Level of the microphone" });
  await level.waitFor();
  await page.waitForFunction(() => document.querySelector("own-sound meter").value > 0.05);
  await page.waitForFunction(() =>
    /^1\.[2-9]/.test(document.querySelector("own-sound meter + span").textContent),
  );
  await solved(page, () => page.getByRole("button", { name: "Stop and take it" }).click());
  const length = async () => (await spec(page)).problem.data.sound.length;
  assert.ok((await length()) > 12_000 && (await length()) <= 48_000, `${await length()} samples`);
  await page.getByText(/your recording is read as a sound of/).waitFor();
  assert.match(await said(page), /of your recording ?, clipped to/);

  // What nobody stops ends by itself; what is cancelled leaves no trace.
  await solved(page, () => page.getByRole("button", { name: "Record", exact: true }).click());
  assert.ok((await length()) > 44_000 && (await length()) <= 48_000, `${await length()} samples`);
  const kept = await spec(page);
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await level.waitFor({ state: "detached" });
  assert.deepEqual(await spec(page), kept);
});

test("axe finds nothing while it is recorded", async (t) => {
  const page = await open(t, { ...WIDE, permissions: ["microphone"] });
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page.getByRole("meter", { name: "Level of the microphone" }).waitFor();
  await blameless(page);
});

test("a microphone that is not allowed is a sentence", async (t) => {
  const page = await open(t, { ...WIDE, permissions: [] });
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page.getByText(/^The microphone is not allowed\./).waitFor();
  await page.getByRole("button", { name: "Record", exact: true }).waitFor();
});
