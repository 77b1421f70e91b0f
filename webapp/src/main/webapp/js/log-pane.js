// What of a log is in sight: asks for the lines that are, draws them, and scrolls. Draws once a
// frame, however much happens in it.

import { LogRows } from './log-rows.js';
import { Scroll } from './log-scroll.js';

const ROW = 20;
const OVERSCAN = 15;

export const LOG_PANE = `
  <div class="log-view" tabindex="0" role="log" aria-live="off">
    <div class="log-space"></div>
    <div class="log-rows"></div>
  </div>`;

export class LogPane {
  #log;
  #rows;
  #source = null;
  #stopped = new AbortController();
  #loading = false;
  #from = 0;
  #frame = 0;

  /**
   * `log` has: scrolled(), called when somebody scrolled; look(number), which gives the class names
   * of a row; lost(error), called when lines can't be loaded.
   */
  constructor(view, log) {
    this.#log = log;
    this.#rows = new LogRows(view.querySelector('.log-rows'));
    this.scroll = new Scroll(view, view.querySelector('.log-space'), ROW, () => {
      if (this.#source && this.#source.lines > 0) {
        log.scrolled();
      }
    });
  }

  open(source) {
    this.#source = source;
    this.#stopped = new AbortController();
  }

  close() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#loading = false;
    this.#stopped.abort();
    this.#source = null;
    this.#rows.clear();
    this.scroll.rows = 0;
  }

  /** The number of the first line in sight. */
  get firstLine() {
    return this.scroll.visible.first + 1;
  }

  /** How many rows one moves by a window, so that some stay in sight. */
  get window() {
    const { first, last } = this.scroll.visible;
    return Math.max(1, last - first - 2);
  }

  draw() {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#drawNow();
      });
    }
  }

  #drawNow() {
    const source = this.#source;
    if (!source) {
      return;
    }
    const { first, last } = this.scroll.visible;
    const from = Math.max(1, first + 1 - OVERSCAN);
    const to = Math.min(source.lines, last + 1 + OVERSCAN);
    this.#from = from;
    this.#rows.show(from, to, (number) => source.line(number), (number) => this.#log.look(number));
    this.#rows.place(this.scroll.topOf(from - 1));
    this.#load(source, from, to);
  }

  // What was scrolled past while something else came is not asked for any more.
  async #load(source, from, to) {
    if (this.#loading || to < from || source.has(from, to)) {
      return;
    }
    this.#loading = true;
    try {
      const came = await source.load(from, to, this.#stopped.signal);
      if (source === this.#source) {
        this.#loading = false;
        if (came || this.#from !== from) {
          this.draw();
        }
      }
    } catch (error) {
      if (source === this.#source && error.name !== 'AbortError') {
        this.#loading = false;
        this.#log.lost(error);
      }
    }
  }
}
