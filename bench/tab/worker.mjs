// One worker of the tab: ours, or a rival. Messages are as the native build's: make, time, answer.

/** Ours, or the function that a rival made. */
let task;

async function ours() {
  const module = await import("/wasm/pursuit_bench.js");
  await module.default({ module_or_path: "/wasm/pursuit_bench_bg.wasm" });
  return module.Timed;
}

async function libraries(who) {
  if (who === "tfjs-wasm") {
    await import("/rivals/@tensorflow/tfjs-core/dist/tf-core.min.js");
    await import("/rivals/@tensorflow/tfjs-backend-cpu/dist/tf-backend-cpu.min.js");
    await import("/rivals/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js");
    const { tf } = globalThis;
    // One thread, as all others here have.
    tf.wasm.setThreadsCount(1);
    tf.wasm.setWasmPaths("/rivals/@tensorflow/tfjs-backend-wasm/dist/");
    await tf.setBackend("wasm");
    await tf.ready();
    return { tf };
  }
  if (who === "ml-matrix") {
    await import("/rivals/ml-matrix/matrix.umd.js");
    return { mlMatrix: globalThis.mlMatrix };
  }
  return {};
}

const commands = {
  clock() {
    // The least difference that this clock shows.
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0, last = performance.now(); i < 200_000; i += 1) {
      const now = performance.now();
      if (now > last) least = Math.min(least, now - last);
      last = now;
    }
    return { ms: least };
  },

  async make({ text }) {
    const Timed = await ours();
    const timed = new Timed(text);
    task = {
      refresh: () => timed.refresh(),
      run: () => timed.run(),
      answer: () => timed.answer(),
      digest: () => timed.digest(),
    };
    return {};
  },

  async rival({ who, file, size, text }) {
    const { default: workload } = await import(file);
    const Timed = await ours();
    const timed = new Timed(text);
    const input = { ...size, columns: timed.columns(), measurements: timed.measurements() };
    timed.free();
    const run = workload.rivals[who](input, await libraries(who));
    let result;
    task = {
      refresh() {},
      run() {
        result = run();
      },
      answer: () => result,
      digest: () => "",
    };
    return {};
  },

  /** From nothing to the first answer. */
  async cold({ who, text, size }) {
    const start = performance.now();
    if (who === "tfjs-wasm") {
      const { tf } = await libraries(who);
      const matrix = tf.ones([size.rows, size.cols]);
      tf.matMul(matrix, tf.ones([size.cols, 1])).dataSync();
      return { ms: performance.now() - start };
    }
    const Timed = await ours();
    const timed = new Timed(text);
    timed.refresh();
    timed.run();
    const ms = performance.now() - start;
    return { ms, digest: timed.digest() };
  },

  time({ times, budget }) {
    const begin = performance.now();
    const ms = [];
    while (ms.length === 0 || (ms.length < times && performance.now() - begin < 1000 * budget)) {
      task.refresh();
      const start = performance.now();
      task.run();
      ms.push(performance.now() - start);
    }
    return { ms, digest: task.digest() };
  },

  answer: () => ({ values: [...task.answer()] }),
};

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(await commands[data.do](data));
  } catch (error) {
    self.postMessage({ error: String(error?.stack ?? error) });
  }
};
