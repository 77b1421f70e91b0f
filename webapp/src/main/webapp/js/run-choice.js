// Which job, which attempt and which lines of a run are looked at.

const BAD = ['FAILED', 'ERRORED', 'RUNNING', 'QUEUED', 'WAITING', 'PENDING', 'SUCCEEDED', 'CANCELLED', 'SKIPPED'];

/**
 * The key of the job to show: `key` if somebody picked it, or while it runs, else the job that needs
 * attention most. Null if there is none.
 */
export function chosenJob(jobs, key, picked) {
  const known = jobs.find((job) => job.key === key);
  if (known && (picked || known.status === 'RUNNING')) {
    return key;
  }
  const status = BAD.find((one) => jobs.some((job) => job.status === one));
  const candidates = jobs.filter((job) => job.status === status);
  const job = status === 'SUCCEEDED' ? candidates.at(-1) : candidates[0];
  return job ? job.key : null;
}

/** The attempt with a number, given as text, else the last one; null if there is none. */
export function shownAttempt(job, number) {
  const wanted = number === null ? null : Number(number);
  return job.attempts.find((one) => one.number === wanted) || job.attempts.at(-1) || null;
}

/** The lines that an address leads to, such as "#L12-L20", or null. */
export function linkedLines(hash) {
  const match = /^#L([0-9]{1,12})(?:-L?([0-9]{1,12}))?$/.exec(hash);
  if (!match) {
    return null;
  }
  const from = Math.max(1, Number(match[1]));
  return { from, to: Math.max(from, Number(match[2] || from)) };
}
