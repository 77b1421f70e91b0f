// <log-viewer>: shows a log of any length. Only the lines in sight are in the page and, with some
// around them, in memory. Attributes: api (address of the REST API), attempt (its id), label.
// Fires "log-line" with { from, to } when lines are picked, so that the page can put them into its
// address, and takes them by its property "range".

import { plain, render } from './ansi.js';
import { FIND_BOX, FindBox } from './log-find-box.js';
import { LogSource } from './log-source.js';
import { Scroll } from './log-scroll.js';
import { earlyLog } from './run-early.js';

const ROW = 20;
const OVERSCAN = 25;
const FAST = 250;
const SLOW = 1000;
const RETRIES = [1, 2, 4, 8, 16, 30];

class LogViewer extends HTMLElement {
  static observedAttributes = ['attempt', 'label'];

  #source = null;
  #scroll = null;
  #rows = new Map();
  #follow = true;
  #range = null;
  #seen = 0;
  #shown = false;
  #timer = 0;
  #failures = 0;
  #quiet = 0;
  #stopped = new AbortController();
  #find = null;
  #anywhere = (event) => this.#pressedAnywhere(event);

  connectedCallback() {
    document.addEventListener('keydown', this.#anywhere);
    if (!this.firstChild) {
      this.#build();
    }
    if (this.#source) {
      this.#scroll.restore();
      this.#draw();
    } else {
      this.#open();
    }
  }

  // What is moved within a page is taken out and put in again at once.
  disconnectedCallback() {
    document.removeEventListener('keydown', this.#anywhere);
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#close();
      }
    });
  }

  attributeChangedCallback(name) {
    if (!this.isConnected || !this.#scroll) {
      return;
    }
    if (name === 'label') {
      this.#label();
    } else {
      this.#close();
      this.#open();
    }
  }

  /** The marked lines, { from, to }, or null. Setting them scrolls there. */
  get range() {
    return this.#range;
  }

  set range(range) {
    this.#range = range;
    if (range) {
      this.#setFollow(false);
    }
    if (this.#source && this.#source.lines > 0) {
      this.#showRange();
    }
  }

  /** Scrolls to a line. */
  goto(line) {
    this.#setFollow(false);
    this.#scroll.toRow(line - 1);
    this.#draw();
  }

  #build() {
    this.innerHTML = `
      <div class="log-bar" role="toolbar" aria-label="Log">
        <span class="log-state" role="status"></span>
        <span class="log-count"></span>
        <span class="log-gap"></span>
        ${FIND_BOX}
        <label class="log-steps" hidden><span class="sr-only">Go to step</span><select></select></label>
        <button type="button" data-do="times" aria-pressed="false" title="Show when each line came">Times</button>
        <button type="button" data-do="top" title="Go to the first line">Top</button>
        <button type="button" data-do="follow" aria-pressed="true" title="Stay at the end as lines come (f)">Follow</button>
        <a class="log-download" download>Download</a>
      </div>
      <div class="log-view" tabindex="0" role="region">
        <div class="log-space"></div>
        <div class="log-rows"></div>
      </div>
      <p class="log-empty" hidden></p>
      <button type="button" class="log-more" data-do="follow" hidden></button>`;
    this.#label();
    const view = this.querySelector('.log-view');
    this.#scroll = new Scroll(view, this.querySelector('.log-space'), ROW, () => this.#scrolled());
    this.addEventListener('click', (event) => this.#clicked(event));
    view.addEventListener('keydown', (event) => this.#pressed(event));
    this.#find = new FindBox(this.querySelector('.log-find'), this.#forFinding(view));
    this.querySelector('select').addEventListener('change', (event) => {
      if (event.target.value) {
        this.goto(Number(event.target.value));
        event.target.value = '';
        view.focus({ preventScroll: true });
      }
    });
    if (read('log-times') === 'true') {
      this.#toggleTimes();
    }
  }

  #label() {
    const name = this.getAttribute('label') || 'Log';
    this.querySelector('.log-view').setAttribute('aria-label', name);
  }

  #open() {
    const attempt = this.getAttribute('attempt');
    this.#reset();
    if (!attempt) {
      this.#state('');
      this.#empty('No log yet: nothing has started.');
      return;
    }
    this.#stopped = new AbortController();
    const api = this.getAttribute('api');
    const source = new LogSource(api, attempt);
    this.#source = source;
    this.querySelector('.log-download').href = source.download;
    this.#state('Loading…');
    const early = earlyLog(api, attempt);
    if (early) {
      early.then((found) => {
        if (source === this.#source) {
          this.#source = found || source;
          this.#poll(this.#source);
        }
      });
    } else {
      this.#poll(source);
    }
  }

  #close() {
    clearTimeout(this.#timer);
    this.#stopped.abort();
    this.#source = null;
  }

  #forFinding(view) {
    const viewer = this;
    return {
      get source() {
        return viewer.#source;
      },
      get firstLine() {
        return viewer.#scroll.visible.first + 1;
      },
      goto: (line) => this.goto(line),
      draw: () => this.#draw(),
      focus: () => view.focus({ preventScroll: true }),
    };
  }

  #reset() {
    this.#find.end();
    for (const row of this.#rows.values()) {
      row.remove();
    }
    this.#rows.clear();
    this.#seen = 0;
    this.#shown = false;
    this.#failures = 0;
    this.#quiet = 0;
    this.#setFollow(this.#range === null);
    this.#scroll.rows = 0;
    this.#empty('');
    this.querySelector('.log-count').textContent = '';
    this.querySelector('.log-steps').hidden = true;
  }

  // The length is asked for, and lines are fetched when they come in sight: a job that prints a
  // million lines a second costs this page no more than a silent one.
  async #poll(source) {
    const before = source.lines;
    try {
      await source.refresh();
      if (source !== this.#source) {
        return;
      }
      this.#failures = 0;
    } catch (error) {
      if (source === this.#source) {
        this.#retry(source, error);
      }
      return;
    }
    const first = !this.#shown && source.lines > 0;
    this.#shown ||= first;
    this.#quiet = source.lines === before ? this.#quiet + 1 : 0;
    this.#grown(first);
    if (source.complete) {
      this.#state('Complete', 'done');
      this.#empty(
        source.expired
          ? 'The log has expired and is deleted.'
          : source.lines === 0
            ? 'The job printed nothing.'
            : '',
      );
      return;
    }
    this.#state('Live', 'live');
    this.#empty(source.lines === 0 ? 'Waiting for the first line…' : '');
    const pause = document.hidden || this.#quiet > 8 ? SLOW : FAST;
    this.#timer = setTimeout(() => this.#poll(source), pause);
  }

  #retry(source, error) {
    if (error.status === 401 || error.status === 403) {
      this.#state('Not allowed any more; log in again', 'off');
      return;
    }
    let left = RETRIES[Math.min(this.#failures, RETRIES.length - 1)];
    this.#failures++;
    const tick = () => {
      if (source !== this.#source) {
        return;
      }
      if (left === 0) {
        this.#state('Connecting…', 'off');
        this.#poll(source);
      } else {
        this.#state(`Connection lost; trying again in ${left} s`, 'off');
        left--;
        this.#timer = setTimeout(tick, 1000);
      }
    };
    tick();
  }

  #grown(first) {
    const lines = this.#source.lines;
    this.querySelector('.log-count').textContent =
      lines === 1 ? '1 line' : `${lines.toLocaleString('en')} lines`;
    this.#scroll.rows = lines;
    this.#steps();
    if (first && this.#range) {
      this.#showRange();
    } else if (this.#follow) {
      this.#scroll.toEnd();
      this.#seen = lines;
    }
    this.#news();
    this.#draw();
  }

  #steps() {
    const steps = (this.#source.steps || []).filter((step) => step.step >= 0);
    const select = this.querySelector('select');
    const names = this.stepNames || [];
    const seen = new Set();
    const options = [option('', 'Go to step…')];
    for (const step of steps) {
      if (!seen.has(step.step)) {
        seen.add(step.step);
        options.push(option(step.firstLine, names[step.step] || `Step ${step.step + 1}`));
      }
    }
    if (select.options.length !== options.length) {
      select.replaceChildren(...options);
    }
    this.querySelector('.log-steps').hidden = options.length < 3;
  }

  #news() {
    const button = this.querySelector('.log-more');
    const more = this.#source.lines - this.#seen;
    button.hidden = this.#follow || this.#source.complete || more <= 0 || this.#seen === 0;
    if (!button.hidden) {
      button.textContent = more === 1 ? '1 new line' : `${more.toLocaleString('en')} new lines`;
    }
  }

  #scrolled() {
    if (!this.#source || this.#source.lines === 0) {
      return;
    }
    if (this.#follow && !this.#scroll.atEnd) {
      this.#seen = this.#source.lines;
      this.#setFollow(false);
    } else if (!this.#follow && this.#scroll.atEnd && !this.#source.complete) {
      this.#setFollow(true);
    }
    this.#news();
    this.#draw();
  }

  #setFollow(follow) {
    this.#follow = follow;
    const button = this.querySelector('.log-bar [data-do=follow]');
    button.setAttribute('aria-pressed', String(follow));
  }

  #draw() {
    const source = this.#source;
    if (!source) {
      return;
    }
    const { first, last } = this.#scroll.visible;
    const from = Math.max(1, first + 1 - OVERSCAN);
    const to = Math.min(source.lines, last + 1 + OVERSCAN);
    for (const [number, row] of this.#rows) {
      if (number < from || number > to) {
        row.remove();
        this.#rows.delete(number);
      }
    }
    const holder = this.querySelector('.log-rows');
    for (let number = from; number <= to; number++) {
      let row = this.#rows.get(number);
      const line = source.line(number);
      if (row && row.blank && line) {
        row.remove();
        row = null;
      }
      if (!row) {
        row = this.#row(number, line);
        this.#rows.set(number, row);
        holder.append(row);
      }
      row.style.transform = `translateY(${this.#scroll.topOf(number - 1)}px)`;
      row.classList.toggle('marked', this.#marked(number));
      row.classList.toggle('found', number === this.#find.line);
    }
    if (to >= from) {
      source
        .load(from, to, this.#stopped.signal)
        .then((came) => came && source === this.#source && this.#draw())
        .catch((error) => this.#lost(source, error));
    }
  }

  #lost(source, error) {
    if (error.name !== 'AbortError' && source === this.#source) {
      clearTimeout(this.#timer);
      this.#retry(source, error);
    }
  }

  #row(number, line) {
    const row = document.createElement('div');
    row.className = 'log-row';
    row.blank = !line;
    const link = document.createElement('a');
    link.className = 'log-number';
    link.href = `#L${number}`;
    link.dataset.line = number;
    link.textContent = number;
    link.tabIndex = -1;
    const time = document.createElement('span');
    time.className = 'log-time';
    const text = document.createElement('span');
    text.className = 'log-text';
    if (line) {
      row.dataset.stream = line.stream.toLowerCase();
      time.textContent = clock(line.time);
      time.title = line.time;
      render(line.text, text);
    }
    row.append(link, time, text);
    return row;
  }

  #marked(number) {
    return this.#range !== null && number >= this.#range.from && number <= this.#range.to;
  }

  #showRange() {
    this.#setFollow(false);
    this.#scroll.toRow(Math.min(this.#range.from, this.#source.lines) - 1);
    this.#seen = this.#source.lines;
    this.#draw();
  }

  #clicked(event) {
    const number = event.target.closest('.log-number');
    if (number) {
      event.preventDefault();
      event.stopPropagation();
      this.#pick(Number(number.dataset.line), event.shiftKey);
      return;
    }
    const what = event.target.closest('[data-do]');
    if (what?.dataset.do === 'times') {
      this.#toggleTimes();
    } else if (what?.dataset.do === 'top') {
      this.goto(1);
    } else if (what?.dataset.do === 'follow') {
      this.#toggleFollow(what.classList.contains('log-more') || !this.#follow);
    }
  }

  #pick(line, extend) {
    this.#range =
      extend && this.#range
        ? { from: Math.min(line, this.#range.from), to: Math.max(line, this.#range.from) }
        : { from: line, to: line };
    this.#draw();
    this.dispatchEvent(new CustomEvent('log-line', { bubbles: true, detail: this.#range }));
  }

  #toggleFollow(follow) {
    this.#setFollow(follow);
    if (follow && this.#source) {
      this.#scroll.toEnd();
      this.#seen = this.#source.lines;
      this.#news();
      this.#draw();
    }
  }

  #toggleTimes() {
    const on = this.classList.toggle('with-times');
    this.querySelector('[data-do=times]').setAttribute('aria-pressed', String(on));
    write('log-times', String(on));
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === 'End') {
      event.preventDefault();
      this.#toggleFollow(true);
    } else if (event.key === 'Home') {
      event.preventDefault();
      this.goto(1);
    }
  }

  // Keys that work wherever nobody is typing.
  #pressedAnywhere(event) {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (held || typing || event.defaultPrevented || !this.#source) {
      return;
    }
    if (event.key === '/') {
      event.preventDefault();
      this.#find.focus();
    } else if (event.key === 'f') {
      event.preventDefault();
      this.#toggleFollow(!this.#follow);
    }
  }

  #state(text, kind) {
    const state = this.querySelector('.log-state');
    if (state.textContent !== text) {
      state.textContent = text;
    }
    state.dataset.kind = kind || '';
  }

  #empty(text) {
    const empty = this.querySelector('.log-empty');
    empty.hidden = text === '';
    empty.textContent = text;
  }

  /** The text of lines that are at hand, for copying. */
  text(from, to) {
    const lines = [];
    for (let number = from; number <= to; number++) {
      const line = this.#source?.line(number);
      if (line) {
        lines.push(plain(line.text));
      }
    }
    return lines.join('\n');
  }
}

function option(value, text) {
  const element = document.createElement('option');
  element.value = value;
  element.textContent = text;
  return element;
}

function clock(time) {
  const date = new Date(time);
  const two = (n) => String(n).padStart(2, '0');
  const millis = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${millis}`;
}

// A browser may refuse to store anything; then nothing is remembered.
function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // See above.
  }
}

customElements.define('log-viewer', LogViewer);
