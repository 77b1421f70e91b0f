// What stands above a log: how it is going, how long it is, and the ways to move about in it.

import { FIND_BOX } from './log-find-box.js';

export const LOG_BAR = `
  <div class="log-bar" role="toolbar" aria-label="Log">
    <span class="log-state" role="status"></span>
    <span class="log-count"></span>
    <span class="log-gap"></span>
    ${FIND_BOX}
    <label class="log-steps" hidden><span class="sr-only">Go to step</span><select></select></label>
    <button type="button" data-do="times" aria-pressed="false" title="Show when each line came">Times</button>
    <button type="button" data-do="top" title="Go to the first line (Home)">Top</button>
    <button type="button" data-do="follow" aria-pressed="true" title="Stay at the end as lines come (f)">Follow</button>
    <a class="log-download" download>Download</a>
  </div>`;

export class LogBar {
  #bar;

  /** `stepPicked` is called with the first line of a step. */
  constructor(bar, stepPicked) {
    this.#bar = bar;
    this.#select.addEventListener('change', (event) => {
      if (event.target.value) {
        stepPicked(Number(event.target.value));
        event.target.value = '';
      }
    });
  }

  get #select() {
    return this.#bar.querySelector('select');
  }

  /** Says how the log is going; told to screen readers too, so only what is news. */
  state(text, kind) {
    const state = this.#bar.querySelector('.log-state');
    if (state.textContent !== text) {
      state.textContent = text;
    }
    state.dataset.kind = kind || '';
  }

  /** Says how long the log is; null means that it is not known. */
  count(lines) {
    this.#bar.querySelector('.log-count').textContent =
      lines === null ? '' : lines === 1 ? '1 line' : `${lines.toLocaleString('en')} lines`;
  }

  following(follow) {
    this.#press('follow', follow);
  }

  times(on) {
    this.#press('times', on);
  }

  #press(name, on) {
    this.#bar.querySelector(`[data-do=${name}]`).setAttribute('aria-pressed', String(on));
  }

  download(address) {
    this.#bar.querySelector('.log-download').href = address;
  }

  /** Offers the steps whose first lines are known, `ranges`, by their `names`. */
  steps(ranges, names) {
    const seen = new Set();
    const options = [option('', 'Go to step…')];
    for (const range of ranges) {
      if (range.step >= 0 && !seen.has(range.step)) {
        seen.add(range.step);
        options.push(option(range.firstLine, names[range.step] || `Step ${range.step + 1}`));
      }
    }
    if (this.#select.options.length !== options.length) {
      this.#select.replaceChildren(...options);
    }
    this.#bar.querySelector('.log-steps').hidden = options.length < 3;
  }
}

function option(value, text) {
  const element = document.createElement('option');
  element.value = value;
  element.textContent = text;
  return element;
}
