// Keeps a LogSource up to date while its attempt runs: with the lines as the server streams them,
// or, where no stream comes through or nobody could read so fast, by asking how long the log is.
// Nothing is asked for while the page is hidden. There is never more than one stream.

const FAST = 250;
const SLOW = 1000;
const CHECK = 5000; // between two looks at the log's length while it is streamed
const AGAIN = 30_000; // until a stream is tried after one that brought nothing
const RETRIES = [1, 2, 4, 8, 16, 30];
const WINDOW = 500;
const FLOOD = 2000; // lines in a window, beyond which only the number of lines is asked for
const CALM = 8; // answers with few lines until there is a stream again
const FEW = 200;

export class LogLive {
  #source;
  #told;
  #timer = 0;
  #frame = 0;
  #stream = null;
  #streamed = false; // whether this stream brought anything
  #came = 0; // number of the line that came last by the stream
  #wanted = 0; // and that must have come when it is looked after next
  #notBefore = 0;
  #failures = 0;
  #quiet = 0;
  #calm = CALM;
  #window = { end: 0, lines: 0 };
  #closed = false;
  #visible = () => this.#shown();

  /** `told` has: grown(), state(text, kind). `run` is the id of the run. */
  constructor(source, api, run, told) {
    this.#source = source;
    this.api = api;
    this.run = run;
    this.#told = told;
    document.addEventListener('visibilitychange', this.#visible);
    this.#ask();
  }

  close() {
    this.#closed = true;
    document.removeEventListener('visibilitychange', this.#visible);
    this.#rest();
  }

  /** Lines could not be loaded; asks again, as soon as the server is likely to be there. */
  lost(error) {
    if (!this.#closed) {
      this.#retry(error);
    }
  }

  #rest() {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#endStream();
  }

  #shown() {
    this.#rest();
    if (!document.hidden && (!this.#source.complete || this.#failures > 0)) {
      this.#ask();
    }
  }

  async #ask() {
    const before = this.#source.lines;
    try {
      await this.#source.refresh();
    } catch (error) {
      if (!this.#closed) {
        this.#retry(error);
      }
      return;
    }
    if (this.#closed) {
      return;
    }
    const grown = this.#source.lines - before;
    this.#failures = 0;
    this.#quiet = grown === 0 ? this.#quiet + 1 : 0;
    this.#calm = grown < FEW ? this.#calm + 1 : 0;
    if (this.#source.complete) {
      this.#rest();
      this.#told.state('Complete', 'done');
    } else {
      this.#told.state('Live', 'live');
      this.#next();
    }
    this.#told.grown();
  }

  #next() {
    clearTimeout(this.#timer);
    if (document.hidden) {
      return;
    }
    if (this.#stream) {
      this.#lookAfter();
    } else if (!this.#stream && this.#calm >= CALM && Date.now() >= this.#notBefore) {
      this.#listen();
    }
    const pause = this.#stream ? CHECK : this.#quiet > 8 ? SLOW : FAST;
    this.#timer = setTimeout(() => this.#ask(), pause);
  }

  // Some proxies hold a stream back.
  #lookAfter() {
    if (this.#came < this.#wanted) {
      this.#endStream();
      this.#notBefore = Date.now() + AGAIN;
    }
    this.#wanted = this.#source.lines;
  }

  #listen() {
    if (!this.run || !window.EventSource) {
      return;
    }
    const query = new URLSearchParams({ attempt: this.#source.of, from: this.#source.lines + 1 });
    const stream = new EventSource(`${this.api}/runs/${this.run}/logs?${query}`);
    this.#stream = stream;
    this.#streamed = false;
    this.#came = this.#wanted = this.#source.lines;
    stream.addEventListener('line', (event) => this.#take(JSON.parse(event.data)));
    stream.addEventListener('end', () => this.#askNow());
    // The browser would try again and again, and know nothing of a login that ended.
    stream.addEventListener('error', () => {
      if (!this.#streamed) {
        this.#notBefore = Date.now() + AGAIN;
      }
      this.#askNow();
    });
  }

  #take(line) {
    this.#streamed = true;
    this.#came = line.n;
    this.#source.add(line);
    const now = performance.now();
    if (now > this.#window.end) {
      this.#window = { end: now + WINDOW, lines: 0 };
    }
    this.#window.lines++;
    if (this.#window.lines > FLOOD) {
      this.#calm = 0;
      this.#askNow();
    } else if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#told.grown();
      });
    }
  }

  #askNow() {
    this.#endStream();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), 0);
  }

  #endStream() {
    this.#stream?.close();
    this.#stream = null;
  }

  #retry(error) {
    this.#rest();
    if (error.status === 401 || error.status === 403) {
      this.#told.state('Not allowed any more; log in again', 'off');
      return;
    }
    const seconds = RETRIES[Math.min(this.#failures, RETRIES.length - 1)];
    this.#failures++;
    this.#told.state(`Connection lost; trying again in ${seconds} s`, 'off');
    this.#timer = setTimeout(() => this.#ask(), seconds * 1000);
  }
}
