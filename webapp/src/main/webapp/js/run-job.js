// A job in the list of a run, and what is above its log.

import { words } from './words.js';

/** Makes the row of a job in the list. */
export function jobRow(job, picked) {
  const row = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'job-row';
  button.addEventListener('click', picked);
  const head = div('job-line');
  head.append(plain(job.status, job.name), span('job-time', time(job)));
  button.append(head);
  if (job.attempts.length > 1) {
    button.append(div('job-why', `attempt ${job.attempts.length}`));
  }
  if (job.reason) {
    button.append(div('job-why', job.reason));
  }
  row.append(button);
  return row;
}

/**
 * Fills what is above the log: state, reason, needs, attempts and steps.
 * `again`, if there is one, runs the job again, with what needs it.
 */
export function jobHead(head, job, attempt, run, base, pickAttempt, again) {
  const title = div('job-title');
  const name = document.createElement('h2');
  name.textContent = job.name;
  title.append(name, state(job.status, words(job.status)), span('muted', time(job)));
  if (again) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'plain-button';
    button.textContent = 'Run again from here';
    button.title = 'A new run: this job, what needs it, and whatever did not succeed; the rest is taken over';
    button.addEventListener('click', again);
    title.append(button);
  }
  head.replaceChildren(title);
  if (job.reason) {
    head.append(div('job-reason', sentence(job.reason)));
  }
  const facts = div('job-facts');
  if (job.needs.length > 0) {
    const names = job.needs.map((key) => run.jobs.find((other) => other.key === key)?.name || key);
    facts.append(span('', `needs ${names.join(', ')}`));
  }
  if (job.keptFrom) {
    const link = document.createElement('a');
    link.href = `${base}runs/${encodeURIComponent(job.keptFrom)}`;
    link.textContent = 'taken over from the run before';
    facts.append(link);
  }
  if (job.executor) {
    const where = job.image ? `in ${job.image} (${job.executor})` : `as a ${job.executor}`;
    const fact = span('', job.executor === 'process' || job.image ? where : `by ${job.executor}`);
    fact.title = terms(job);
    facts.append(fact);
  }
  if (job.condition) {
    const fact = span('', `if ${job.condition}`);
    fact.title = job.explanation || '';
    facts.append(fact);
  }
  if (attempt?.worker) {
    facts.append(span('', `on ${attempt.worker}`));
  }
  if (attempt && attempt.exitCode !== undefined && attempt.exitCode !== null) {
    facts.append(span('', `exit code ${attempt.exitCode}`));
  }
  if (facts.firstChild) {
    head.append(facts);
  }
  if (job.attempts.length > 1) {
    head.append(attempts(job, attempt, pickAttempt));
  }
  if (attempt && attempt.steps.length > 0) {
    head.append(steps(attempt));
  }
}

/** What a worker must have for the job, and what it may take. */
function terms(job) {
  return [
    `pool ${job.pool}`,
    job.labels.length > 0 ? `labels ${job.labels.join(', ')}` : '',
    `priority ${job.priority}`,
    `at most ${job.timeout} s`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function attempts(job, current, pick) {
  const group = div('attempts');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', 'Attempts');
  for (const attempt of job.attempts) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'plain-button';
    button.setAttribute('aria-pressed', String(attempt === current));
    button.append(plain(attempt.status, `Attempt ${attempt.number}`));
    button.title = attempt.reason || words(attempt.status);
    button.addEventListener('click', () => pick(attempt.number));
    group.append(button);
  }
  return group;
}

function steps(attempt) {
  const list = document.createElement('ol');
  list.className = 'steps';
  for (const step of attempt.steps) {
    const item = document.createElement('li');
    item.append(plain(step.status, step.name), span('muted', time(step)));
    const failed = step.exitCode !== undefined && step.exitCode !== null && step.exitCode !== 0;
    const code = failed ? `exit code ${step.exitCode}` : '';
    const reason = step.reason || '';
    const why = [reason.startsWith(code) ? '' : code, reason].filter(Boolean);
    if (why.length > 0) {
      item.append(span('muted', why.join(': ')));
    }
    list.append(item);
  }
  return list;
}

function time(part) {
  const element = document.createElement('time-span');
  if (part.startedAt) {
    element.setAttribute('from', part.startedAt);
    if (part.finishedAt) {
      element.setAttribute('to', part.finishedAt);
    }
  } else if (part.queuedAt && part.status === 'QUEUED') {
    element.setAttribute('from', part.queuedAt);
  }
  return element;
}

export function state(status, text) {
  const element = span('state', text);
  element.dataset.status = status;
  element.title = words(status);
  if (text !== words(status)) {
    element.prepend(span('sr-only', `${words(status)}: `));
  }
  return element;
}

/** Like `state`, with the colour on the icon alone. */
export function plain(status, text) {
  const element = state(status, text);
  element.classList.add('plain');
  return element;
}

export function div(name, content) {
  return filled('div', name, content);
}

export function span(name, content) {
  return filled('span', name, content);
}

function filled(tag, name, content) {
  const element = document.createElement(tag);
  if (name) {
    element.className = name;
  }
  if (content !== undefined) {
    element.append(content);
  }
  return element;
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
