// The words for states, as people read them.

const WORDS = {
  PENDING: 'Pending',
  QUEUED: 'Queued',
  RUNNING: 'Running',
  WAITING: 'Waiting',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  ERRORED: 'Errored',
  CANCELLED: 'Cancelled',
  SKIPPED: 'Skipped',
};

export function words(status) {
  return WORDS[status] || status;
}

/** Says a number of bytes, such as "1.5 MiB". */
export function bytes(count) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${count} B` : `${value.toFixed(1)} ${units[unit]}`;
}
