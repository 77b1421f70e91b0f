// Light, dark, or as the system says. Loaded before anything is drawn, so that nothing flashes.
(() => {
  const KEY = 'headrace-theme';
  const SCHEMES = { system: 'light dark', light: 'light', dark: 'dark' };
  const NAMES = { system: 'As the system', light: 'Light', dark: 'Dark' };

  function chosen() {
    try {
      const name = localStorage.getItem(KEY);
      return Object.hasOwn(SCHEMES, name) ? name : 'system';
    } catch {
      return 'system';
    }
  }

  function apply(name) {
    document.documentElement.style.colorScheme = SCHEMES[name];
  }

  apply(chosen());

  class ThemeSwitch extends HTMLElement {
    connectedCallback() {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'quiet-button';
      button.addEventListener('click', () => {
        const names = Object.keys(SCHEMES);
        const next = names[(names.indexOf(chosen()) + 1) % names.length];
        try {
          localStorage.setItem(KEY, next);
        } catch {
          // Then the choice holds for this page only.
        }
        apply(next);
        this.#show(button, next);
      });
      this.#show(button, chosen());
      this.replaceChildren(button);
    }

    #show(button, name) {
      button.dataset.theme = name;
      button.title = `Colours: ${NAMES[name].toLowerCase()}`;
      button.setAttribute('aria-label', `Colours: ${NAMES[name]}. Press for the next choice.`);
    }
  }

  customElements.define('theme-switch', ThemeSwitch);

  // The other components are modules; this script is what Vaadin can load by itself.
  const base = document.currentScript.src;
  for (const name of ['times.js', 'log-viewer.js', 'run-graph.js', 'run-view.js', 'run-jobs.js']) {
    import(new URL(name, base));
  }
})();
