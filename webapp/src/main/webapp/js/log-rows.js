// The rows that are in the page: those in sight and some around them. They stand one below the
// other, in order, in an element that is moved as a whole; rows that went out of sight are used
// again. Nothing here asks the browser where anything is, which would make it lay out the page.

import { render } from './ansi.js';

const SPARE = 100;

export class LogRows {
  #holder;
  #rows = []; // the elements, in order
  #first = 1; // the number of the first one's line
  #spare = [];
  #top = NaN;

  constructor(holder) {
    this.#holder = holder;
  }

  clear() {
    this.show(1, 0, () => null, () => '');
  }

  /**
   * Shows the lines `from` to `to`. `line` gives a line by its number or null where it is not at
   * hand yet, and `look` the class names of its row.
   */
  show(from, to, line, look) {
    this.#keep(from, to);
    for (let number = from; number <= to; number++) {
      const row = this.#rows[number - from];
      if (row.line === null) {
        const now = line(number);
        if (now) {
          fill(row, now);
        }
      }
      const name = `log-row${look(number)}`;
      if (row.element.className !== name) {
        row.element.className = name;
      }
    }
  }

  /** Moves the rows, so that the first is `top` pixels below the begin of what scrolls. */
  place(top) {
    if (top !== this.#top) {
      this.#top = top;
      this.#holder.style.transform = `translateY(${top}px)`;
    }
  }

  // Rows that stay in sight stay in the page.
  #keep(from, to) {
    const last = this.#first + this.#rows.length - 1;
    const out = from > last || to < this.#first;
    const before = out ? this.#rows.length : Math.max(0, from - this.#first);
    this.#drop(this.#rows.splice(0, before));
    if (!out && to < last) {
      this.#drop(this.#rows.splice(to - last));
    }
    if (this.#rows.length === 0) {
      this.#first = from;
    }
    const above = this.#made(from, this.#first - 1);
    const below = this.#made(this.#first + this.#rows.length, to);
    this.#holder.prepend(...above.map((row) => row.element));
    this.#holder.append(...below.map((row) => row.element));
    this.#rows = above.concat(this.#rows, below);
    this.#first = from;
  }

  #made(from, to) {
    const rows = [];
    for (let number = from; number <= to; number++) {
      const row = this.#spare.pop() || make();
      row.line = null;
      row.link.href = `#L${number}`;
      row.link.dataset.line = number;
      row.link.textContent = number;
      row.time.textContent = '';
      row.text.textContent = '';
      row.element.removeAttribute('data-stream');
      rows.push(row);
    }
    return rows;
  }

  #drop(rows) {
    for (const row of rows) {
      row.element.remove();
      if (this.#spare.length < SPARE) {
        this.#spare.push(row);
      }
    }
  }
}

function make() {
  const element = document.createElement('div');
  const link = document.createElement('a');
  link.className = 'log-number';
  link.tabIndex = -1;
  const time = document.createElement('span');
  time.className = 'log-time';
  const text = document.createElement('span');
  text.className = 'log-text';
  element.append(link, time, text);
  return { element, link, time, text, line: null };
}

function fill(row, line) {
  row.line = line;
  row.element.dataset.stream = line.stream.toLowerCase();
  row.time.textContent = clock(line.time);
  row.time.title = line.time;
  render(line.text, row.text);
}

function clock(time) {
  const date = new Date(time);
  const two = (n) => String(n).padStart(2, '0');
  const millis = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${millis}`;
}
