// Begins to read what a run's page will show while the page itself is still being built, which
// takes longer. What was begun here is taken once; whatever comes later asks anew.

import { LogSource } from './log-source.js';
import { chosenJob, linkedLines, shownAttempt } from './run-choice.js';

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
  begun = { run: match[1], api, detail: run.catch(() => null), source: null };
  begun.source = begun.detail.then((detail) => detail && readLog(api, detail)).catch(() => null);
  setTimeout(() => (begun = null), KEPT_MILLIS);
}

async function readLog(api, run) {
  const query = new URLSearchParams(location.search);
  const job = run.jobs.find((one) => one.key === chosenJob(run.jobs, query.get('job'), true));
  const attempt = job && shownAttempt(job, query.get('attempt'));
  if (!attempt) {
    return null;
  }
  const source = new LogSource(api, attempt.id);
  await source.refresh();
  source.fresh = true;
  const range = linkedLines(location.hash);
  const around = range ? range.from : source.lines;
  await source.load(Math.max(1, around - 60), Math.min(source.lines, around + 60));
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
