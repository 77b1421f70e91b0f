// What the jobs of a run left behind.

import { span } from './run-job.js';
import { bytes } from './words.js';

/** Fills the section, and shows it if there is anything. */
export function artifactList(section, artifacts, run, api) {
  section.hidden = artifacts.length === 0;
  const title = document.createElement('h2');
  title.textContent = 'Artifacts';
  const list = document.createElement('ul');
  list.className = 'artifacts';
  for (const artifact of artifacts) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `${api}/artifacts/${encodeURIComponent(artifact.id)}/content`;
    link.download = artifact.path.split('/').at(-1);
    link.textContent = artifact.path;
    const job = run.jobs.find((one) => one.id === artifact.job || one.key === artifact.job);
    item.append(
      link,
      span('muted', `${artifact.name} · ${job ? job.name : artifact.job}`),
      span('muted artifact-size', bytes(artifact.size)),
      hash(artifact.sha256),
    );
    list.append(item);
  }
  section.replaceChildren(title, list);
}

function hash(sha256) {
  const element = span('mono muted', sha256.slice(0, 12));
  element.title = `SHA-256 ${sha256}`;
  return element;
}
