// The box in which one looks for a text in a log: Enter goes to the next hit, Shift+Enter to the one
// before, Escape ends it.

import { LogFind } from './log-find.js';

const PAUSE = 250;

export const FIND_BOX = `
  <span class="log-find" role="search">
    <input type="search" aria-label="Find in this log" placeholder="Find ( / )" autocomplete="off" spellcheck="false">
    <span class="log-found" role="status"></span>
    <button type="button" data-way="-1" aria-label="Previous hit" title="Previous hit (Shift+Enter)" hidden>↑</button>
    <button type="button" data-way="1" aria-label="Next hit" title="Next hit (Enter)" hidden>↓</button>
  </span>`;

export class FindBox {
  #box;
  #log;
  #find = null;
  #soon = 0;

  /** `log` has: source (or null), firstLine (in sight), goto(line), draw(), focus(). */
  constructor(box, log) {
    this.#box = box;
    this.#log = log;
    this.#input.addEventListener('input', () => {
      clearTimeout(this.#soon);
      this.#soon = setTimeout(() => this.#now(), PAUSE);
    });
    this.#input.addEventListener('keydown', (event) => this.#pressed(event));
    box.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) {
        this.#next(Number(button.dataset.way));
      }
    });
  }

  /** The number of the hit that was gone to last, or 0. */
  get line() {
    return this.#find ? this.#find.current : 0;
  }

  /** Puts the cursor into the box. */
  focus() {
    this.#input.focus();
    this.#input.select();
  }

  /** Forgets what was looked for. */
  end() {
    clearTimeout(this.#soon);
    this.#find?.stop();
    this.#find = null;
    this.#input.value = '';
    this.#show();
  }

  get #input() {
    return this.#box.querySelector('input');
  }

  #pressed(event) {
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#next(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.end();
      this.#log.draw();
      this.#log.focus();
    }
  }

  #now() {
    clearTimeout(this.#soon);
    const text = this.#input.value;
    if (text === (this.#find?.text || '')) {
      return;
    }
    this.#find?.stop();
    this.#find = null;
    if (text !== '' && this.#log.source) {
      const find = new LogFind(this.#log.source, text, () => this.#came(find));
      this.#find = find;
    }
    this.#show();
    this.#log.draw();
  }

  #came(find) {
    if (find === this.#find) {
      if (find.current === 0 && find.hits.length > 0) {
        this.#log.goto(find.begin(this.#log.firstLine));
      }
      this.#show();
    }
  }

  #next(way) {
    if (this.#input.value !== (this.#find?.text || '')) {
      this.#now();
    } else if (this.#find) {
      const line = this.#find.step(way);
      this.#show();
      if (line > 0) {
        this.#log.goto(line);
      }
    }
  }

  #show() {
    this.#box.querySelector('.log-found').textContent = this.#find ? this.#find.words : '';
    for (const button of this.#box.querySelectorAll('button')) {
      button.hidden = !this.#find || this.#find.hits.length === 0;
    }
  }
}
