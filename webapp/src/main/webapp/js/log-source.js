// Lines of one attempt's log, as the server keeps them. Holds the parts that were looked at last.

const CHUNK = 200;
const CHUNKS = 100;

export class LogSource {
  /** `api` is the address of the REST API, without a slash at its end. */
  constructor(api, attempt) {
    this.of = attempt;
    this.attempt = `${api}/attempts/${encodeURIComponent(attempt)}`;
    this.base = `${this.attempt}/log`;
    this.lines = 0;
    this.known = false; // whether `lines` was ever asked for
    this.complete = false;
    this.expired = false; // whether it is deleted, since its time was over
    this.steps = [];
    this.fresh = false; // whether what is known was asked for just now
    this.chunks = new Map();
    this.loading = new Map();
  }

  /** Asks how long the log is just now. */
  async refresh() {
    if (this.fresh) {
      this.fresh = false;
      return;
    }
    const response = await fetch(this.attempt, { headers: { Accept: 'application/json' } });
    const index = await check(response).json();
    this.known = true;
    this.lines = index.lines;
    this.complete = index.complete;
    this.expired = index.expired === true;
    this.steps = index.steps || [];
  }

  /** Returns a line that is at hand, or null. Lines are counted from 1. */
  line(number) {
    const chunk = this.chunks.get(chunkOf(number));
    return chunk ? chunk[(number - 1) % CHUNK] || null : null;
  }

  /** Whether all lines of a range are at hand. */
  has(from, to) {
    for (let chunk = chunkOf(from); chunk <= chunkOf(to); chunk++) {
      if (this.#lacks(chunk)) {
        return false;
      }
    }
    return true;
  }

  #lacks(chunk) {
    const have = this.chunks.get(chunk);
    return !have || have.length < Math.min((chunk + 1) * CHUNK, this.#end) - chunk * CHUNK;
  }

  /** Takes a line that came by itself. */
  add(line) {
    const chunk = chunkOf(line.n);
    const place = (line.n - 1) % CHUNK;
    const lines = this.chunks.get(chunk);
    if (lines && lines.length === place) {
      lines.push(line);
    } else if (!lines && place === 0) {
      this.chunks.set(chunk, [line]);
      this.#evict();
    }
    if (line.n > this.lines) {
      this.lines = line.n;
      const step = line.step ?? -1;
      if (this.steps.length === 0 || this.steps[this.steps.length - 1].step !== step) {
        this.steps.push({ step, firstLine: line.n });
      }
    }
  }

  /** Loads what is missing of a range; says whether anything came. */
  async load(from, to, signal) {
    const wanted = [];
    for (let chunk = chunkOf(from); chunk <= chunkOf(to); chunk++) {
      if (this.#lacks(chunk)) {
        wanted.push(this.loading.get(chunk) || this.#fetch(chunk, signal));
      }
    }
    return (await Promise.all(wanted)).some((came) => came);
  }

  // What is asked for before the length is known is taken to be there.
  get #end() {
    return this.known ? this.lines : Infinity;
  }

  #fetch(chunk, signal) {
    const work = this.#complete(chunk, signal).finally(() => this.loading.delete(chunk));
    this.loading.set(chunk, work);
    return work;
  }

  // A part of the log comes in several answers if its lines are very long.
  async #complete(chunk, signal) {
    let lines = (this.chunks.get(chunk) || []).slice();
    const before = lines.length;
    const first = chunk * CHUNK + 1;
    const wanted = Math.min(CHUNK, this.#end - chunk * CHUNK);
    while (lines.length < wanted) {
      const query = `from=${first + lines.length}&limit=${wanted - lines.length}`;
      const response = check(
        await fetch(`${this.base}?${query}`, {
          headers: { Accept: 'application/x-ndjson' },
          signal,
        }),
      );
      const more = (await response.text())
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
      if (more.length === 0) {
        break;
      }
      lines = lines.concat(more);
    }
    const now = this.chunks.get(chunk) || [];
    this.chunks.delete(chunk);
    // Some may have come by themselves meanwhile.
    this.chunks.set(chunk, now.length > lines.length ? now : lines);
    this.#evict();
    return lines.length > before;
  }

  #evict() {
    for (const key of this.chunks.keys()) {
      if (this.chunks.size <= CHUNKS) {
        return;
      }
      this.chunks.delete(key);
    }
  }

  /** Asks for lines that hold a text, whatever its case, from a line on. */
  async search(text, from, limit, signal) {
    const query = new URLSearchParams({ q: text, ignoreCase: 'true', from, limit });
    const answer = await fetch(`${this.base}/search?${query}`, {
      headers: { Accept: 'application/json' },
      signal,
    });
    return check(answer).json();
  }

  /** Where the whole log can be downloaded as text. */
  get download() {
    return `${this.base}.txt`;
  }
}

function chunkOf(number) {
  return Math.floor((number - 1) / CHUNK);
}

function check(response) {
  if (!response.ok) {
    const error = new Error(`The server answered ${response.status}`);
    error.status = response.status;
    throw error;
  }
  return response;
}
