// Shows the jobs and the log of a run while the page around them is still being built, which takes
// longer. What was begun here is taken once, by the page; whatever comes later begins anew.

import { LogSource } from './log-source.js';
import { state } from './run-job.js';
import { words } from './words.js';
import { chosenJob, linkedLines, shownAttempt } from './run-choice.js';

const AROUND = 60;
const KEPT_MILLIS = 20_000;

let begun = null;

function begin() {
  const match = /\/runs\/([0-9a-z]+)$/.exec(location.pathname);
  if (!match) {
    return;
  }
  const api = new URL('api/v1', document.baseURI).pathname;
  const run = fetch(`${api}/runs/${match[1]}`, { headers: { Accept: 'application/json' } }).then(
    (response) => (response.ok ? response.json() : null),
  );
  begun = { run: match[1], api, detail: run.catch(() => null), source: null, view: null, host: null };
  begun.source = begun.detail.then((detail) => detail && readLog(api, detail)).catch(() => null);
  begun.detail.then((detail) => detail && show(api, detail));
  setTimeout(end, KEPT_MILLIS);
}

// At the place where the page will have it, below what the page will say first.
function show(api, run) {
  if (!begun || document.querySelector('run-jobs')) {
    return;
  }
  const view = document.createElement('run-view');
  view.setAttribute('api', api);
  view.setAttribute('base', new URL('.', document.baseURI).pathname);
  view.setAttribute('run', run.id);
  view.setAttribute('status', run.status);
  const title = document.createElement('h1');
  title.textContent = `${run.project} / #${run.number}`;
  const head = document.createElement('div');
  head.className = 'page-head';
  head.append(title);
  const facts = document.createElement('div');
  facts.className = 'run-facts';
  facts.append(state(run.status, words(run.status)));
  begun.host = document.createElement('main');
  begun.host.className = 'page early-run';
  begun.host.append(head, facts, view);
  begun.view = view;
  document.body.append(begun.host);
}

function end() {
  begun?.host?.remove();
  begun = null;
}

/** Takes the element that shows a run, or null. It stays where it is until it is moved. */
export function earlyView(run) {
  if (!begun?.view || begun.run !== run) {
    return null;
  }
  const view = begun.view;
  begun.view = null;
  begun.host = null;
  return view;
}

async function readLog(api, run) {
  const query = new URLSearchParams(location.search);
  const job = run.jobs.find((one) => one.key === chosenJob(run.jobs, query.get('job'), true));
  const attempt = job && shownAttempt(job, query.get('attempt'));
  if (!attempt) {
    return null;
  }
  const source = new LogSource(api, attempt.id);
  const range = linkedLines(location.hash);
  if (range) {
    // Where the log ends need not be known for these.
    await Promise.all([source.load(Math.max(1, range.from - AROUND), range.from + AROUND), source.refresh()]);
  } else {
    await source.refresh();
    await source.load(Math.max(1, source.lines - AROUND), source.lines);
  }
  source.fresh = true;
  return source;
}

/** Takes the promise of a run's detail, which is null where it could not be read, or null. */
export function earlyRun(api, run) {
  if (!begun || begun.api !== api || begun.run !== run || !begun.detail) {
    return null;
  }
  const detail = begun.detail;
  begun.detail = null;
  return detail;
}

/** Takes the log of an attempt, which is null where it is another one's, or null. */
export function earlyLog(api, attempt) {
  if (!begun || begun.api !== api || !begun.source) {
    return null;
  }
  const source = begun.source;
  begun.source = null;
  return source.then((found) => (found && found.of === attempt ? found : null));
}

begin();
