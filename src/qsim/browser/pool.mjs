// Workers that run worlds beside the page, so that it never waits. What they return does not depend on how many there are.

const FEWEST = 2;
const MOST = 4;

// Returns how many workers suit this machine: one stays free for the page.
export function suitable(processors = globalThis.navigator?.hardwareConcurrency ?? FEWEST) {
  return Math.min(MOST, Math.max(FEWEST, processors - 1));
}

// Returns the bytes of a text that `packed` made.
export async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// A pool of workers that hold the worlds of one bundle, whose tables are `tables`. It ends with the page, or with `close`.
export class Pool {
  // Returns a pool when all its workers are ready: `script` is the text of a worker, `bytes` the bundle. Raises an Error
  // where a worker cannot be started or cannot read the bundle.
  static async open(script, bytes, count = suitable()) {
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const pool = new Pool();
    try {
      await Promise.all(Array.from({ length: count }, () => pool.start(address, bytes)));
    } catch (error) {
      pool.close();
      throw error;
    } finally {
      URL.revokeObjectURL(address);
    }
    return pool;
  }

  constructor() {
    this.tables = undefined;
    this.workers = [];
    this.idle = [];
    this.waiting = [];
    this.asked = new Map();
    this.last = 0;
  }

  start(address, bytes) {
    const worker = new Worker(address);
    this.workers.push(worker);
    return new Promise((resolve, reject) => {
      const fail = (text) => {
        const error = new Error(text);
        reject(error);
        this.end(error);
      };
      worker.onerror = (event) => fail(event.message || "a worker could not be started");
      worker.onmessageerror = () => fail("a message could not be read");
      worker.onmessage = ({ data }) => {
        if (data.id !== undefined) return this.take(worker, data);
        if (data.error) return fail(data.error);
        this.tables = data.tables;
        this.idle.push(worker);
        resolve();
        this.next();
      };
      worker.postMessage({ open: bytes });
    });
  }

  // Runs the replicates `from` to `to - 1` of a world with `changes`, as `Rules.run` does, and returns the same; what is
  // summed by department is only there if `departments` asks for it. Raises an Error, whose `status` is that of the module,
  // if a run fails; an AbortError as soon as `signal` is aborted: then nothing more is started.
  run(world, { from = 0, to, changes = {}, departments = false, signal } = {}) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (!this.workers.length) return reject(new Error("the pool is closed"));
      if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && 0 <= from && from < to))
        return reject(new Error("no runs"));
      const request = { parts: [], added: 0, from, to, result: undefined, open: true };
      request.stop = (error) => {
        request.open = false;
        this.waiting = this.waiting.filter((block) => block.request !== request);
        reject(error);
      };
      request.done = (result) => {
        request.open = false;
        resolve(result);
      };
      signal?.addEventListener("abort", () => request.open && request.stop(signal.reason), { once: true });
      const { twins } = this.tables;
      for (let first = from; first < to; ) {
        const last = Math.min(to, (Math.floor(first / twins) + 1) * twins);
        const message = { id: this.last++, world, from: first, to: last, changes, departments };
        this.waiting.push({ message, request, place: request.parts.length });
        request.parts.push(undefined);
        first = last;
      }
      this.next();
    });
  }

  // Adds a world that the page made, or puts it in place of one of that name, for what is asked for from now on: `table` is as
  // those of a bundle, with the numbers themselves in place of where they are: `uniforms`, and `image` of each structure.
  add(name, table) {
    this.tables.worlds[name] = table;
    for (const worker of this.workers) worker.postMessage({ add: name, table });
  }

  // Ends all workers; what was asked for and is not there yet is rejected.
  close() {
    this.end(new Error("the pool is closed"));
  }

  end(error) {
    for (const worker of this.workers.splice(0)) worker.terminate();
    const requests = new Set([...this.waiting, ...this.asked.values()].map((block) => block.request));
    this.idle = [];
    this.asked.clear();
    for (const request of requests) if (request.open) request.stop(error);
    this.waiting = [];
  }

  next() {
    while (this.idle.length && this.waiting.length) {
      const block = this.waiting.shift();
      this.asked.set(block.message.id, block);
      this.idle.shift().postMessage(block.message);
    }
  }

  take(worker, { id, result, error, status }) {
    const { request, place, message } = this.asked.get(id);
    this.asked.delete(id);
    this.idle.push(worker);
    this.next();
    if (request.open && error) request.stop(Object.assign(new Error(error), { status }));
    else if (request.open) add(request, place, message.from - request.from, result);
  }
}

// Puts the result of a block where it belongs, as it is if there is no other; sums are added in the order of the runs, whichever block comes first.
function add(request, place, row, part) {
  if (request.parts.length === 1) return request.done(part);
  const runs = request.to - request.from;
  if (!request.result) {
    request.result = { runs };
    for (const name of Object.keys(part)) {
      if (name === "runs") continue;
      const each = name === "series" || name === "tasks" ? part[name].length / part.runs : 0;
      request.result[name] = new Float64Array(each ? runs * each : part[name].length);
    }
  }
  const { result, parts } = request;
  for (const name of ["series", "tasks"]) result[name].set(part[name], (row * part[name].length) / part.runs);
  parts[place] = part;
  for (; request.added < parts.length && parts[request.added]; request.added++) {
    for (const name of ["sums", "squares", "hours"])
      parts[request.added][name]?.forEach((value, i) => (result[name][i] += value));
    parts[request.added] = true;
  }
  if (request.added === parts.length) request.done(result);
}
