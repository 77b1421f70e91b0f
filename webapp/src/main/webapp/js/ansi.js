// Turns a line of terminal output into DOM nodes. Text from outside only ever becomes text nodes;
// links are made of http and https addresses alone.

const ESCAPE = /\u001b(?:\[([0-9;:?]*)([@-~])|\]([^\u0007\u001b]*)(?:\u0007|\u001b\\)|[()][A-Z0-9]|[@-Z\\-_=>78])/g;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const MASKED = /«[A-Za-z0-9_.-]+»/g;

/** Appends the nodes of `text` to `target`. */
export function render(text, target) {
  const style = { fg: null, bg: null, bold: false, dim: false, italic: false, underline: false };
  let link = null;
  let last = 0;
  const line = lastOverwrite(text);
  ESCAPE.lastIndex = 0;
  for (let match = ESCAPE.exec(line); match; match = ESCAPE.exec(line)) {
    append(target, line.slice(last, match.index), style, link);
    last = ESCAPE.lastIndex;
    if (match[2] === 'm') {
      select(style, match[1]);
    } else if (match[3] !== undefined && match[3].startsWith('8;')) {
      link = safeLink(match[3].slice(match[3].indexOf(';', 2) + 1));
    }
  }
  append(target, line.slice(last), style, link);
}

// A progress bar draws itself again and again after carriage returns; its last state counts.
function lastOverwrite(text) {
  if (text.indexOf('\r') < 0) {
    return text;
  }
  const parts = text.split('\r');
  for (let i = parts.length - 1; i > 0; i--) {
    if (parts[i] !== '') {
      return parts[i];
    }
  }
  return parts[0];
}

function safeLink(address) {
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

function append(target, raw, style, link) {
  const text = raw.replace(CONTROL, '');
  if (text === '') {
    return;
  }
  let parent = target;
  if (link) {
    parent = document.createElement('a');
    parent.href = link;
    parent.target = '_blank';
    parent.rel = 'noopener noreferrer nofollow';
    target.append(parent);
  }
  let last = 0;
  for (const match of text.matchAll(MASKED)) {
    piece(parent, text.slice(last, match.index), style);
    const chip = document.createElement('span');
    chip.className = 'masked';
    chip.title = 'A secret stood here';
    chip.textContent = match[0];
    parent.append(chip);
    last = match.index + match[0].length;
  }
  piece(parent, text.slice(last), style);
}

function piece(parent, text, style) {
  if (text === '') {
    return;
  }
  const classes = classesOf(style);
  const own = typeof style.fg === 'string' || typeof style.bg === 'string';
  if (classes.length === 0 && !own) {
    parent.append(text);
    return;
  }
  const span = document.createElement('span');
  span.className = classes.join(' ');
  if (typeof style.fg === 'string') {
    span.style.color = style.fg;
  }
  if (typeof style.bg === 'string') {
    span.style.backgroundColor = style.bg;
  }
  span.textContent = text;
  parent.append(span);
}

function classesOf(style) {
  const classes = [];
  if (typeof style.fg === 'number') {
    classes.push('fg' + style.fg);
  }
  if (typeof style.bg === 'number') {
    classes.push('bg' + style.bg);
  }
  for (const name of ['bold', 'dim', 'italic', 'underline']) {
    if (style[name]) {
      classes.push(name);
    }
  }
  return classes;
}

// "Select graphic rendition": https://en.wikipedia.org/wiki/ANSI_escape_code#SGR
function select(style, parameters) {
  const codes = (parameters || '0').split(/[;:]/).map(Number);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) {
      Object.assign(style, { fg: null, bg: null, bold: false, dim: false, italic: false, underline: false });
    } else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.underline = true;
    else if (code === 22) style.bold = style.dim = false;
    else if (code === 23) style.italic = false;
    else if (code === 24) style.underline = false;
    else if (code >= 30 && code <= 37) style.fg = code - 30;
    else if (code >= 90 && code <= 97) style.fg = code - 90 + 8;
    else if (code === 39) style.fg = null;
    else if (code >= 40 && code <= 47) style.bg = code - 40;
    else if (code >= 100 && code <= 107) style.bg = code - 100 + 8;
    else if (code === 49) style.bg = null;
    else if (code === 38 || code === 48) {
      const colour = extended(codes, i + 1);
      style[code === 38 ? 'fg' : 'bg'] = colour.value;
      i += colour.used;
    }
  }
}

function extended(codes, at) {
  if (codes[at] === 5) {
    return { value: indexed(codes[at + 1]), used: 2 };
  }
  if (codes[at] === 2) {
    const [r, g, b] = codes.slice(at + 1, at + 4).map((n) => Math.min(255, Math.max(0, n | 0)));
    return { value: `rgb(${r | 0}, ${g | 0}, ${b | 0})`, used: 4 };
  }
  return { value: null, used: 0 };
}

function indexed(n) {
  if (!(n >= 0 && n <= 255)) {
    return null;
  }
  if (n < 16) {
    return n;
  }
  if (n >= 232) {
    const grey = 8 + (n - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const level = (v) => (v === 0 ? 0 : 55 + v * 40);
  const cube = n - 16;
  return `rgb(${level(Math.floor(cube / 36))}, ${level(Math.floor(cube / 6) % 6)}, ${level(cube % 6)})`;
}
