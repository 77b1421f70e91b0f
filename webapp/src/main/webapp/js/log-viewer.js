// <log-viewer>: shows a log of any length. Only the lines in sight are in the page and, with some
// around them, in memory. Attributes: api (address of the REST API), run and attempt (their ids),
// label. Fires "log-line" with { from, to } when lines are picked, so that the page can put them into
// its address, and takes them by its property "range".

import { LOG_BAR, LogBar } from './log-bar.js';
import { FindBox } from './log-find-box.js';
import { logKeys, logKeysAnywhere } from './log-keys.js';
import { LogLive } from './log-live.js';
import { LOG_PANE, LogPane } from './log-pane.js';
import { LogSource } from './log-source.js';
import { earlyLog } from './run-early.js';

class LogViewer extends HTMLElement {
  static observedAttributes = ['attempt', 'label'];

  #source = null;
  #live = null;
  #pane = null;
  #bar = null;
  #find = null;
  #follow = true;
  #range = null;
  #seen = 0;
  #shown = false;
  #anywhere = logKeysAnywhere(this);

  connectedCallback() {
    document.addEventListener('keydown', this.#anywhere);
    if (!this.firstChild) {
      this.#build();
    }
    if (this.#source) {
      this.#pane.scroll.restore();
      this.#pane.draw();
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
    if (!this.isConnected || !this.#pane) {
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
    this.#pane.scroll.toRow(line - 1);
    this.#pane.draw();
  }

  /** Scrolls by some rows, or almost by as many windows. */
  scrollRows(rows) {
    this.#pane.scroll.by(rows);
    this.#scrolled();
  }

  scrollWindow(windows) {
    this.scrollRows(windows * this.#pane.window);
  }

  /** Whether the end stays in sight as lines come. */
  get following() {
    return this.#follow;
  }

  toggleFollow(follow) {
    this.#setFollow(follow);
    if (follow && this.#source) {
      this.#pane.scroll.toEnd();
      this.#seen = this.#source.lines;
      this.#news();
      this.#pane.draw();
    }
  }

  /** Puts the cursor into the box for what to find. */
  find() {
    this.#find.focus();
  }

  #build() {
    this.innerHTML = `
      ${LOG_BAR}
      ${LOG_PANE}
      <p class="log-empty" hidden></p>
      <button type="button" class="log-more" data-do="follow" hidden></button>`;
    this.#label();
    const view = this.#view;
    this.#pane = new LogPane(view, {
      scrolled: () => this.#scrolled(),
      look: (number) => this.#look(number),
      lost: (error) => this.#live.lost(error),
    });
    this.#bar = new LogBar(this.querySelector('.log-bar'), (line) => {
      this.goto(line);
      view.focus({ preventScroll: true });
    });
    this.#find = new FindBox(this.querySelector('.log-find'), this.#forFinding(view));
    this.addEventListener('click', (event) => this.#clicked(event));
    logKeys(view, this);
    if (read('log-times') === 'true') {
      this.#toggleTimes();
    }
  }

  get #view() {
    return this.querySelector('.log-view');
  }

  #label() {
    this.#view.setAttribute('aria-label', this.getAttribute('label') || 'Log');
  }

  #open() {
    const attempt = this.getAttribute('attempt');
    this.#reset();
    if (!attempt) {
      this.#bar.state('');
      this.#empty('No log yet: nothing has started.');
      return;
    }
    const api = this.getAttribute('api');
    const source = new LogSource(api, attempt);
    this.#source = source;
    this.#bar.download(source.download);
    this.#bar.state('Loading…');
    const early = earlyLog(api, attempt);
    if (early) {
      early.then((found) => source === this.#source && this.#watch(found || source));
    } else {
      this.#watch(source);
    }
  }

  #watch(source) {
    this.#source = source;
    this.#pane.open(source);
    this.#live = new LogLive(source, this.getAttribute('api'), this.getAttribute('run'), {
      state: (text, kind) => this.#bar.state(text, kind),
      grown: () => this.#grown(),
    });
  }

  #close() {
    this.#pane.close();
    this.#live?.close();
    this.#live = null;
    this.#source = null;
  }

  #forFinding(view) {
    const viewer = this;
    return {
      get source() {
        return viewer.#source;
      },
      get firstLine() {
        return viewer.#pane.firstLine;
      },
      goto: (line) => this.goto(line),
      draw: () => this.#pane.draw(),
      focus: () => view.focus({ preventScroll: true }),
    };
  }

  #reset() {
    this.#find.end();
    this.#seen = 0;
    this.#shown = false;
    this.#setFollow(this.#range === null);
    this.#empty('');
    this.#bar.count(null);
    this.#bar.steps([], []);
    this.querySelector('.log-more').hidden = true;
  }

  #grown() {
    const source = this.#source;
    const first = !this.#shown && source.lines > 0;
    this.#shown ||= first;
    this.#bar.count(source.lines);
    this.#bar.steps(source.steps, this.stepNames || []);
    this.#empty(whyEmpty(source));
    this.#pane.scroll.rows = source.lines;
    if (first && this.#range) {
      this.#showRange();
    } else if (this.#follow) {
      this.#pane.scroll.toEnd();
      this.#seen = source.lines;
    }
    this.#news();
    this.#pane.draw();
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
    if (this.#follow && !this.#pane.scroll.atEnd) {
      this.#seen = this.#source.lines;
      this.#setFollow(false);
    } else if (!this.#follow && this.#pane.scroll.atEnd && !this.#source.complete) {
      this.#setFollow(true);
    }
    this.#news();
    this.#pane.draw();
  }

  #setFollow(follow) {
    this.#follow = follow;
    this.#bar.following(follow);
  }

  #look(number) {
    const marked = this.#range !== null && number >= this.#range.from && number <= this.#range.to;
    return (marked ? ' marked' : '') + (number === this.#find.line ? ' found' : '');
  }

  #showRange() {
    this.#setFollow(false);
    this.#pane.scroll.toRow(Math.min(this.#range.from, this.#source.lines) - 1);
    this.#seen = this.#source.lines;
    this.#pane.draw();
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
      this.toggleFollow(what.classList.contains('log-more') || !this.#follow);
    }
  }

  #pick(line, extend) {
    this.#range =
      extend && this.#range
        ? { from: Math.min(line, this.#range.from), to: Math.max(line, this.#range.from) }
        : { from: line, to: line };
    this.#pane.draw();
    this.dispatchEvent(new CustomEvent('log-line', { bubbles: true, detail: this.#range }));
  }

  #toggleTimes() {
    const on = this.classList.toggle('with-times');
    this.#bar.times(on);
    write('log-times', String(on));
  }

  #empty(text) {
    const empty = this.querySelector('.log-empty');
    empty.hidden = text === '';
    empty.textContent = text;
  }
}

function whyEmpty(source) {
  if (source.expired) {
    return 'The log has expired and is deleted.';
  }
  if (source.lines > 0) {
    return '';
  }
  return source.complete ? 'The job printed nothing.' : 'Waiting for the first line…';
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
