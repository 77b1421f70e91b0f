// <run-view>: the jobs of a run, live. Reads the REST API, so that none of it is kept in a session.
// Attributes: api, run (its id), base (address of the pages). What is looked at is in the page's
// address: ?job=…&attempt=…#L12-L20.

import { artifactList } from './run-artifacts.js';
import { failureCard } from './run-failure.js';
import { chosenJob, linkedLines, shownAttempt } from './run-choice.js';
import { earlyRun } from './run-early.js';
import { oneStop, stopAt } from './one-stop.js';
import { jobHead, jobRow } from './run-job.js';

const TERMINAL = new Set(['SUCCEEDED', 'FAILED', 'ERRORED', 'CANCELLED', 'SKIPPED']);
const SLOW = 5000;
const FAST = 250;
const ABOVE = 40; // pixels of the list that stay in sight above the chosen job
const PATIENCE = 4; // times that the server is told in vain

class RunView extends HTMLElement {
  static observedAttributes = ['run'];

  #begun = null;
  #untold = 0;
  #run = null;
  #job = null;
  #attempt = null;
  #rows = new Map();
  #timer = 0;
  #busy = false;
  #again = false;
  #picked = false;
  #linked = () => {
    this.querySelector('log-viewer').range = linkedLines(location.hash);
    this.#reveal();
  };

  connectedCallback() {
    addEventListener('hashchange', this.#linked);
    if (this.#begun !== this.getAttribute('run')) {
      this.#begin();
    } else {
      // It was moved to its place in the page, and nothing in it is scrolled any more.
      delete this.querySelector('.job-list ul').dataset.shown;
      this.refresh();
      if (this.querySelector('log-viewer').range) {
        this.#reveal();
      }
    }
  }

  attributeChangedCallback() {
    if (this.isConnected && this.#run !== null) {
      this.#begin();
    }
  }

  #begin() {
    clearTimeout(this.#timer);
    this.#begun = this.getAttribute('run');
    this.#run = null;
    this.#rows.clear();
    this.#build();
    const query = new URLSearchParams(location.search);
    this.#job = query.get('job');
    this.#attempt = query.get('attempt');
    this.#picked = this.#job !== null;
    this.querySelector('log-viewer').range = linkedLines(location.hash);
    this.refresh();
  }

  disconnectedCallback() {
    removeEventListener('hashchange', this.#linked);
    clearTimeout(this.#timer);
  }

  /** Looks for changes; called by the page when the server tells of some. */
  async refresh() {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    clearTimeout(this.#timer);
    const began = performance.now();
    let next = SLOW;
    try {
      const { run, early } = await this.#read();
      if (this.isConnected) {
        this.#show(run);
        next = TERMINAL.has(run.status) && this.#agrees() ? 0 : early ? FAST : SLOW;
      }
      this.#note(this.#untold < PATIENCE ? '' : 'This page lost its connection; reload it.');
    } catch (error) {
      this.#note(
        error.status === 401
          ? 'You are logged out; reload the page to log in again.'
          : 'The server does not answer; trying again…',
      );
    }
    this.#busy = false;
    if (this.#again) {
      this.#again = false;
      next = Math.max(FAST, 2 * (performance.now() - began));
    }
    if (next > 0 && this.isConnected) {
      this.#timer = setTimeout(() => this.refresh(), next);
    }
  }

  async #read() {
    const id = this.getAttribute('run');
    const early = await earlyRun(this.getAttribute('api'), id);
    return { run: early || (await this.#get(`runs/${id}`)), early: early !== null };
  }

  async #get(path) {
    const response = await fetch(`${this.getAttribute('api')}/${path}`, {
      headers: { Accept: 'application/json' },
    });
    if (!response.ok) {
      const error = new Error(`The server answered ${response.status}`);
      error.status = response.status;
      throw error;
    }
    return response.json();
  }

  #build() {
    this.innerHTML = `
      <p class="run-note" role="status" hidden></p>
      <div class="run-failure" hidden></div>
      <details class="run-graph-box" hidden><summary>Graph</summary><run-graph></run-graph></details>
      <div class="run-body" hidden>
        <nav class="job-list" aria-label="Jobs"><ul></ul></nav>
        <section class="job-pane" aria-label="Job">
          <div class="job-head"></div>
          <log-viewer></log-viewer>
        </section>
      </div>
      <section class="run-artifacts" aria-label="Artifacts" hidden></section>`;
    const viewer = this.querySelector('log-viewer');
    viewer.setAttribute('api', this.getAttribute('api'));
    viewer.addEventListener('log-line', () => this.#address());
    oneStop(this.querySelector('.job-list ul'));
    this.querySelector('run-graph').addEventListener('job-picked', (event) => this.#pick(event.detail));
    const graph = this.querySelector('details');
    graph.open = matchMedia('(min-width: 50rem)').matches;
  }

  #note(text) {
    const note = this.querySelector('.run-note');
    note.hidden = text === '';
    note.textContent = text;
  }

  #show(run) {
    const before = this.#run;
    this.#run = run;
    // The header is drawn by the server, which may have told us in vain while we were not connected.
    this.#untold = this.#agrees() ? 0 : this.#untold + 1;
    if (this.#untold > 0) {
      this.dispatchEvent(new CustomEvent('run-differs', { bubbles: true }));
    }
    const jobs = run.jobs;
    this.querySelector('.run-body').hidden = jobs.length === 0;
    const graph = this.querySelector('.run-graph-box');
    graph.hidden = jobs.length < 2;
    if (jobs.length === 0) {
      return;
    }
    this.#choose(jobs);
    this.querySelector('run-graph').jobs = jobs;
    this.querySelector('run-graph').selected = this.#job;
    this.#list(jobs);
    this.#pane();
    if (!before && this.querySelector('log-viewer').range) {
      this.#reveal();
    }
    failureCard(this.querySelector('.run-failure'), run, this.getAttribute('api'), (key) => this.#pick(key));
    const finished = (r) => r.jobs.filter((job) => TERMINAL.has(job.status)).length;
    if (!before || finished(before) !== finished(run) || before.status !== run.status) {
      this.#artifacts();
    }
  }

  // Until somebody picks a job, the one that needs attention most is shown.
  #choose(jobs) {
    const job = chosenJob(jobs, this.#job, this.#picked);
    if (job !== this.#job) {
      this.#job = job;
      this.#attempt = null;
    }
  }

  /** Whether the header shows the state that the run has, as far as we know. */
  #agrees() {
    return !this.hasAttribute('status') || this.#run.status === this.getAttribute('status');
  }

  #list(jobs) {
    const list = this.querySelector('.job-list ul');
    jobs.forEach((job, index) => {
      const text = JSON.stringify(job);
      let row = this.#rows.get(job.key);
      if (!row || row.text !== text) {
        const element = jobRow(job, () => this.#pick(job.key));
        if (row) {
          const focused = row.element.contains(document.activeElement);
          row.element.replaceWith(element);
          if (focused) {
            element.querySelector('button').focus();
          }
        } else {
          list.insertBefore(element, list.children[index] || null);
        }
        row = { element, text };
        this.#rows.set(job.key, row);
      }
      row.element.querySelector('button').setAttribute('aria-current', String(job.key === this.#job));
    });
    const current = this.#rows.get(this.#job)?.element.querySelector('button');
    stopAt(list, list.contains(document.activeElement) ? document.activeElement : current);
    if (list.dataset.shown !== this.#job) {
      list.dataset.shown = this.#job;
      bringIntoSight(list.parentElement, current);
    }
  }

  #pane() {
    const job = this.#run.jobs.find((one) => one.key === this.#job);
    const attempt = shownAttempt(job, this.#attempt);
    const head = this.querySelector('.job-head');
    const over = TERMINAL.has(this.#run.status) && this.closest('run-jobs[again]') !== null;
    const text = JSON.stringify([job, attempt?.number, over]);
    if (head.dataset.text !== text) {
      head.dataset.text = text;
      const pick = (other) => this.#pick(job.key, other);
      jobHead(head, job, attempt, this.#run, this.getAttribute('base'), pick, over && (() => this.#runFrom(job.key)));
    }
    const viewer = this.querySelector('log-viewer');
    viewer.stepNames = attempt ? attempt.steps.map((step) => step.name) : [];
    set(viewer, 'label', `Log of ${job.name}`);
    set(viewer, 'run', this.#run.id);
    set(viewer, 'attempt', attempt ? attempt.id : '');
  }

  /** Asks the page for a new run from this job on. */
  #runFrom(job) {
    this.dispatchEvent(new CustomEvent('run-again-from', { bubbles: true, detail: { job } }));
  }

  #pick(key, attempt) {
    this.#picked = true;
    this.#job = key;
    this.#attempt = attempt === undefined ? null : String(attempt);
    this.querySelector('log-viewer').range = null;
    this.#address();
    this.#list(this.#run.jobs);
    this.querySelector('run-graph').selected = key;
    this.#pane();
    if (matchMedia('(max-width: 50rem)').matches) {
      this.querySelector('.job-pane').scrollIntoView({ block: 'start' });
    }
  }

  #reveal() {
    this.querySelector('.job-pane').scrollIntoView({ block: 'start' });
  }

  #address() {
    const url = new URL(location.href);
    url.searchParams.set('job', this.#job);
    if (this.#attempt === null) {
      url.searchParams.delete('attempt');
    } else {
      url.searchParams.set('attempt', this.#attempt);
    }
    const range = this.querySelector('log-viewer').range;
    url.hash = range ? (range.from === range.to ? `L${range.from}` : `L${range.from}-L${range.to}`) : '';
    history.replaceState(history.state, '', url);
  }

  async #artifacts() {
    try {
      const { items } = await this.#get(`runs/${this.getAttribute('run')}/artifacts`);
      artifactList(this.querySelector('.run-artifacts'), items, this.#run, this.getAttribute('api'));
    } catch {
      // Asked for again with the next change.
    }
  }
}

// Scrolls the list alone, not the page; the lower end of the list may be out of sight itself.
function bringIntoSight(list, row) {
  const way = row.getBoundingClientRect().top - list.getBoundingClientRect().top;
  if (way < 0 || way > list.clientHeight / 2) {
    list.scrollTop += way - ABOVE;
  }
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

customElements.define('run-view', RunView);
