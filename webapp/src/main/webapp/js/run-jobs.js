// <run-jobs>: what the page of a run, which the server makes, knows of <run-view>. Takes over the
// one that was shown before the page was there. Attributes: those of <run-view>, and `again` where the
// visitor may run jobs again; then <run-view> tells of it with `run-again-from`.

import { earlyView } from './run-early.js';

const PASSED = ['api', 'base', 'run', 'status'];

class RunJobs extends HTMLElement {
  static observedAttributes = PASSED;

  #view = null;

  connectedCallback() {
    this.#pass();
  }

  attributeChangedCallback() {
    this.#pass();
  }

  /** Looks for changes. */
  refresh() {
    this.#view?.refresh?.();
  }

  #pass() {
    if (!this.isConnected || PASSED.some((name) => !this.hasAttribute(name))) {
      return;
    }
    const view = this.#view || earlyView(this.getAttribute('run')) || document.createElement('run-view');
    for (const name of PASSED) {
      if (view.getAttribute(name) !== this.getAttribute(name)) {
        view.setAttribute(name, this.getAttribute(name));
      }
    }
    if (view !== this.#view) {
      this.#view = view;
      const early = view.parentElement;
      const focused = view.contains(document.activeElement) ? document.activeElement : null;
      this.append(view);
      early?.remove();
      focusAgain(focused);
    }
  }
}

// What is moved loses the focus, and somebody may be typing already. The page around it may not show
// anything before its own elements were drawn, which takes some microtasks, or a frame or two.
async function focusAgain(element) {
  for (let i = 0; element && i < 60; i++) {
    if (document.activeElement !== document.body) {
      return;
    }
    element.focus({ preventScroll: true });
    await (i < 20 ? null : new Promise(requestAnimationFrame));
  }
}

customElements.define('run-jobs', RunJobs);
