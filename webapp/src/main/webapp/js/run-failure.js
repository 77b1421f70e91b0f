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
    const lines = await lastLines(new LogSource(api, attempt.id), step);
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

// Of the step that failed: what other steps print after it says nothing about it.
async function lastLines(source, step) {
  try {
    await source.refresh();
    const lines = [];
    for (const [first, last] of ranges(source, step).reverse()) {
      const from = Math.max(first, last - (LINES - lines.length) + 1);
      await source.load(from, last);
      for (let number = last; number >= from; number--) {
        const line = source.line(number);
        if (line) {
          lines.unshift(line);
        }
      }
      if (lines.length >= LINES) {
        break;
      }
    }
    return lines;
  } catch {
    return []; // The card says enough without them.
  }
}

// The lines of a step, first and last of each part; all lines if it printed none.
function ranges(source, step) {
  const parts = source.steps
    .map((part, index) => ({
      step: part.step,
      first: part.firstLine,
      last: (source.steps[index + 1]?.firstLine ?? source.lines + 1) - 1,
    }))
    .filter((part) => part.step === step?.index && part.last >= part.first)
    .map((part) => [part.first, part.last]);
  return parts.length > 0 || source.lines === 0 ? parts : [[1, source.lines]];
}
