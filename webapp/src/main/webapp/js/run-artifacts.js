// What the jobs of a run left behind.

import { span } from './run-job.js';
import { bytes } from './words.js';

/** Fills the section, and shows it if there is anything. */
export function artifactList(section, artifacts, run, api) {
  section.hidden = artifacts.length === 0;
  const title = document.createElement('h2');
  title.textContent = 'Artifacts';
  if (artifacts.filter((artifact) => !artifact.expired).length > 1) {
    title.append(all(run, api));
  }
  const list = document.createElement('ul');
  list.className = 'artifacts';
  for (const artifact of artifacts) {
    const item = document.createElement('li');
    const job = run.jobs.find((one) => one.id === artifact.job || one.key === artifact.job);
    item.append(
      artifact.expired ? span('muted', artifact.path) : link(artifact, api),
      span('muted', `${artifact.name} · ${job ? job.name : artifact.job}`),
      span('muted artifact-size', bytes(artifact.size)),
      artifact.expired ? span('muted', 'expired, content deleted') : hash(artifact.sha256),
    );
    list.append(item);
  }
  section.replaceChildren(title, list);
}

function all(run, api) {
  const element = document.createElement('a');
  element.className = 'artifacts-all';
  element.href = `${api}/runs/${encodeURIComponent(run.id)}/artifacts/zip`;
  element.download = '';
  element.textContent = 'Download all';
  return element;
}

function link(artifact, api) {
  const element = document.createElement('a');
  element.href = `${api}/artifacts/${encodeURIComponent(artifact.id)}/content`;
  element.download = artifact.path.split('/').at(-1);
  element.textContent = artifact.path;
  if (artifact.expiresAt) {
    element.title = `Kept until ${new Date(artifact.expiresAt).toLocaleString()}`;
  }
  return element;
}

function hash(sha256) {
  const element = span('mono muted', sha256.slice(0, 12));
  element.title = `SHA-256 ${sha256}`;
  return element;
}
