// What broke first, above everything else: the job, its step, its last lines.

import { render } from './ansi.js';
import { LogSource } from './log-source.js';
import { div, span, state } from './run-job.js';

const LINES = 10;

/** Fills `card` if a job of the run failed. */
export async function failureCard(card, run, api, pick) {
  const job = firstFailure(run);
  const attempt = job?.attempts.at(-1);
  const shown = job ? `${job.key} ${attempt?.id} ${job.status}` : '';
  if (card.dataset.shown === shown) {
    return;
  }
  card.dataset.shown = shown;
  card.hidden = !job;
  if (!job) {
    card.replaceChildren();
    return;
  }
  const step = attempt?.steps.find((one) => one.status === 'FAILED' || one.status === 'ERRORED');
  const head = div('failure-head');
  const code = step?.exitCode ?? attempt?.exitCode;
  const where =
    job.reason ||
    [step ? `step '${step.name}'` : '', code ? `exit code ${code}` : ''].filter(Boolean).join(', ');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain-button';
  button.textContent = 'Show its log';
  button.addEventListener('click', () => pick(job.key));
  head.append(state(job.status, `First failure: ${job.name}`), span('muted', where), button);
  card.replaceChildren(head);
  if (attempt) {
    const lines = await lastLines(new LogSource(api, attempt.id));
    if (card.dataset.shown === shown && lines.length > 0) {
      const text = document.createElement('pre');
      text.tabIndex = 0;
      text.setAttribute('aria-label', 'Last lines of the log');
      for (const line of lines) {
        const row = div('failure-line');
        row.dataset.stream = line.stream.toLowerCase();
        render(line.text, row);
        text.append(row);
      }
      card.append(text);
    }
  }
}

function firstFailure(run) {
  return run.jobs
    .filter((job) => job.status === 'FAILED' || job.status === 'ERRORED')
    .sort((a, b) => (a.finishedAt || '').localeCompare(b.finishedAt || ''))[0];
}

async function lastLines(source) {
  try {
    await source.refresh();
    const from = Math.max(1, source.lines - LINES + 1);
    await source.load(from, source.lines);
    const lines = [];
    for (let number = from; number <= source.lines; number++) {
      const line = source.line(number);
      if (line) {
        lines.push(line);
      }
    }
    return lines;
  } catch {
    return []; // The card says enough without them.
  }
}
