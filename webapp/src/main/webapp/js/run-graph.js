// <run-graph>: jobs as boxes in columns, each column needing only the ones before it. Property
// "jobs" takes the jobs of a run; fires "job-picked" with a job's key.

import { oneStop, stopAt } from './one-stop.js';
import { duration } from './times.js';

const BOX = { width: 208, height: 44, gapX: 48, gapY: 12, pad: 8 };
const GROUPED_FROM = 40;
const SVG = 'http://www.w3.org/2000/svg';

class RunGraph extends HTMLElement {
  #nodes = [];
  #shape = '';

  set jobs(jobs) {
    const nodes = jobs.length > GROUPED_FROM ? grouped(jobs) : jobs.map(single);
    const shape = JSON.stringify(nodes.map((node) => [node.key, node.needs]));
    this.#nodes = nodes;
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#layout();
    }
    this.#paint();
  }

  set selected(key) {
    const buttons = [...this.querySelectorAll('button')];
    let stop = buttons[0];
    for (const button of buttons) {
      const node = this.#nodes.find((one) => one.key === button.dataset.key);
      const selected = node !== undefined && node.keys.includes(key);
      button.setAttribute('aria-pressed', String(selected));
      stop = selected ? button : stop;
    }
    // Who moves about in the graph stays where they are.
    stopAt(this, buttons.includes(document.activeElement) ? document.activeElement : stop);
  }

  #layout() {
    const columns = columnsOf(this.#nodes);
    const place = new Map();
    let height = 0;
    columns.forEach((column, x) => {
      column.forEach((node, y) => {
        place.set(node.key, {
          left: BOX.pad + x * (BOX.width + BOX.gapX),
          top: BOX.pad + y * (BOX.height + BOX.gapY),
        });
      });
      height = Math.max(height, column.length);
    });
    const width = 2 * BOX.pad + columns.length * (BOX.width + BOX.gapX) - BOX.gapX;
    const canvas = document.createElement('div');
    canvas.className = 'graph-canvas';
    canvas.style.width = `${width}px`;
    canvas.style.height = `${2 * BOX.pad + height * (BOX.height + BOX.gapY) - BOX.gapY}px`;
    const edges = document.createElementNS(SVG, 'svg');
    edges.setAttribute('class', 'graph-edges');
    edges.setAttribute('aria-hidden', 'true');
    canvas.append(edges);
    for (const node of columns.flat()) {
      const to = place.get(node.key);
      for (const need of shortest(node, this.#nodes)) {
        edges.append(edge(place.get(need), to));
      }
      canvas.append(this.#box(node, to));
    }
    const view = document.createElement('div');
    view.className = 'graph-view';
    view.tabIndex = 0;
    view.setAttribute('role', 'group');
    view.setAttribute('aria-label', 'Graph of the jobs; the list below says the same in words');
    view.append(canvas);
    oneStop(canvas);
    this.replaceChildren(view);
  }

  #box(node, { left, top }) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'graph-box';
    button.dataset.key = node.key;
    button.style.left = `${left}px`;
    button.style.top = `${top}px`;
    const name = document.createElement('span');
    name.className = 'graph-name';
    name.textContent = node.name;
    const below = document.createElement('small');
    const variant = document.createElement('span');
    variant.textContent = node.variant;
    below.append(variant, document.createElement('time-span'));
    name.append(below);
    const state = document.createElement('span');
    state.className = 'state';
    button.append(state, name);
    button.addEventListener('click', () => {
      const now = this.#nodes.find((one) => one.key === node.key);
      this.dispatchEvent(new CustomEvent('job-picked', { detail: now.interesting }));
    });
    return button;
  }

  #paint() {
    const byKey = new Map(this.#nodes.map((node) => [node.key, node]));
    for (const button of this.querySelectorAll('button')) {
      const node = byKey.get(button.dataset.key);
      const state = button.querySelector('.state');
      button.dataset.status = node.status;
      const took = button.querySelector('time-span');
      set(took, 'from', node.from);
      set(took, 'to', node.to);
      state.dataset.status = node.status;
      button.title = node.title;
      button.setAttribute('aria-label', node.title);
    }
  }
}

function set(element, name, value) {
  if (value) {
    element.setAttribute(name, value);
  } else {
    element.removeAttribute(name);
  }
}

// How long it took is told with its state; what still runs would be told wrongly a second later.
function title(name, words, { from, to }) {
  return `${name}: ${words}${from && to ? `, took ${duration(new Date(to) - new Date(from))}` : ''}`;
}

function single(job) {
  const times = { from: job.startedAt, to: job.finishedAt };
  return {
    key: job.key,
    keys: [job.key],
    name: job.baseName,
    variant: Object.values(job.matrix).join(', '),
    needs: job.needs,
    status: job.status,
    ...times,
    title: title(job.name, job.status.toLowerCase() + (job.reason ? ', ' + job.reason : ''), times),
    interesting: job.key,
  };
}

const WORST = ['RUNNING', 'FAILED', 'ERRORED', 'WAITING', 'QUEUED', 'PENDING', 'CANCELLED', 'SUCCEEDED', 'SKIPPED'];

// From the first that began to the last that ended; open while some are not over.
function span(jobs) {
  const began = jobs.map((job) => job.startedAt).filter(Boolean).sort();
  const ended = jobs.map((job) => job.finishedAt).filter(Boolean).sort();
  return { from: began[0], to: ended.length === jobs.length ? ended.at(-1) : undefined };
}

// Variants of one matrix share a box where there are too many for one each.
function grouped(jobs) {
  const groups = new Map();
  const groupOf = new Map();
  for (const job of jobs) {
    groupOf.set(job.key, job.baseName);
    if (!groups.has(job.baseName)) {
      groups.set(job.baseName, []);
    }
    groups.get(job.baseName).push(job);
  }
  return [...groups].map(([name, members]) => {
    const status = WORST.find((one) => members.some((job) => job.status === one));
    const counts = WORST.map((one) => [one, members.filter((job) => job.status === one).length])
      .filter(([, count]) => count > 0)
      .map(([one, count]) => `${count} ${one.toLowerCase()}`);
    const times = span(members);
    return {
      ...times,
      key: name,
      keys: members.map((job) => job.key),
      name: members.length > 1 ? `${name} × ${members.length}` : members[0].name,
      needs: [...new Set(members.flatMap((job) => job.needs.map((need) => groupOf.get(need))))].filter(
        (need) => need !== undefined && need !== name,
      ),
      status,
      variant: '',
      title: title(name, counts.join(', '), times),
      interesting: members.find((job) => job.status === status).key,
    };
  });
}

function columnsOf(nodes) {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const depth = new Map();
  const visit = (node) => {
    if (!depth.has(node.key)) {
      depth.set(node.key, 0); // so that a circle, which a plan never has, ends
      const needs = node.needs.map((need) => byKey.get(need)).filter(Boolean);
      depth.set(node.key, needs.length === 0 ? 0 : 1 + Math.max(...needs.map(visit)));
    }
    return depth.get(node.key);
  };
  const columns = [];
  for (const node of nodes) {
    const column = visit(node);
    (columns[column] ||= []).push(node);
  }
  // Boxes stand near what they need, so that few lines cross.
  const row = new Map();
  for (const column of columns) {
    const weight = (node) => {
      const rows = node.needs.map((need) => row.get(need)).filter((one) => one !== undefined);
      return rows.length === 0 ? 0 : rows.reduce((a, b) => a + b) / rows.length;
    };
    const weights = new Map(column.map((node) => [node, weight(node)]));
    column.sort((a, b) => weights.get(a) - weights.get(b));
    column.forEach((node, index) => row.set(node.key, index));
  }
  return columns;
}

// A need that another need needs as well says nothing new.
function shortest(node, nodes) {
  const byKey = new Map(nodes.map((one) => [one.key, one]));
  const implied = new Set();
  const walk = (key) => {
    for (const need of byKey.get(key)?.needs || []) {
      if (!implied.has(need)) {
        implied.add(need);
        walk(need);
      }
    }
  };
  node.needs.forEach(walk);
  return node.needs.filter((need) => byKey.has(need) && !implied.has(need));
}

function edge(from, to) {
  const x1 = from.left + BOX.width;
  const y1 = from.top + BOX.height / 2;
  const x2 = to.left;
  const y2 = to.top + BOX.height / 2;
  const bend = BOX.gapX / 2;
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', `M${x1} ${y1} H${x2 - BOX.gapX + 4} C${x2 - bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
  return path;
}

customElements.define('run-graph', RunGraph);
