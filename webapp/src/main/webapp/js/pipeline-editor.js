// <pipeline-editor>: a pipeline file with line numbers, in which problems are marked. Fires
// "pipeline-text" with { text } a moment after each change, and once at the start. Takes what is in it
// first by its property "start"; what was written is kept until the tab is closed. The editor itself is
// Ace, which is loaded only here.

const PAUSE = 250;
const KEPT = 'headrace-pipeline';

// The colours are in validator.css, and go with the page's.
const THEME = { cssClass: 'ace-headrace', cssText: '', isDark: false };

let loading = null;

function ace() {
  loading ??= script('ace.js').then(() => {
    const address = new URL('ace', import.meta.url).href;
    for (const part of ['basePath', 'modePath']) {
      window.ace.config.set(part, address);
    }
    return window.ace;
  });
  return loading;
}

function script(name) {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = new URL(`ace/${name}`, import.meta.url).href;
    element.addEventListener('load', resolve);
    element.addEventListener('error', () => reject(new Error(`${name} can't be loaded`)));
    document.head.append(element);
  });
}

class PipelineEditor extends HTMLElement {
  #editor = null;
  #range = null;
  #marks = [];
  #markers = [];
  #timer = 0;

  async connectedCallback() {
    if (this.#editor) {
      return;
    }
    const library = await ace();
    if (!this.isConnected || this.#editor) {
      return;
    }
    const holder = document.createElement('div');
    this.replaceChildren(holder);
    const editor = library.edit(holder, {
      mode: 'ace/mode/yaml',
      useWorker: false,
      enableKeyboardAccessibility: true,
      fontFamily: 'var(--hr-mono)',
      fontSize: 13,
      minLines: 18,
      maxLines: 40,
      showPrintMargin: false,
      scrollPastEnd: 0,
      tabSize: 2,
      useSoftTabs: true,
    });
    this.#range = library.require('ace/range').Range;
    this.#editor = editor;
    editor.setTheme(THEME);
    editor.session.setUseWrapMode(false);
    editor.textInput.setAriaLabel?.('Pipeline file');
    editor.setValue(kept() ?? this.start ?? '', -1);
    editor.session.getUndoManager().reset();
    editor.session.on('change', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#tell(), PAUSE);
    });
    this.mark(this.#marks);
    this.#tell();
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected && this.#editor) {
        clearTimeout(this.#timer);
        this.#editor.destroy();
        this.#editor = null;
        this.replaceChildren();
      }
    });
  }

  /** Marks problems, { line, column, length, severity, text }, and no others. */
  mark(problems) {
    this.#marks = problems;
    if (!this.#editor) {
      return;
    }
    const session = this.#editor.session;
    this.#markers.forEach((marker) => session.removeMarker(marker));
    session.setAnnotations(
      problems.map(({ line, column, severity, text }) => ({
        row: line - 1,
        column: column - 1,
        type: severity === 'ERROR' ? 'error' : 'warning',
        text,
      })),
    );
    this.#markers = problems.map(({ line, column, length, severity }) =>
      session.addMarker(
        new this.#range(line - 1, column - 1, line - 1, column - 1 + Math.max(1, length)),
        severity === 'ERROR' ? 'mark-error' : 'mark-warning',
        'text',
      ),
    );
  }

  /** Puts the cursor somewhere, counted from 1. */
  show(line, column) {
    this.#editor?.gotoLine(line, column - 1, false);
    this.#editor?.focus();
  }

  #tell() {
    const text = this.#editor.getValue();
    keep(text);
    this.dispatchEvent(new CustomEvent('pipeline-text', { detail: { text } }));
  }
}

// A browser may refuse to store anything; then nothing is kept.
function kept() {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(text) {
  try {
    sessionStorage.setItem(KEPT, text);
  } catch {
    // See above.
  }
}

customElements.define('pipeline-editor', PipelineEditor);
