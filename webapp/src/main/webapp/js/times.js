// <time-ago datetime="…"> shows how long ago something was; <time-span from="…" to="…"> how long it
// took, or takes until now if there is no "to". One clock moves them all.

const shown = new Set();

/** Says a number of milliseconds in words, such as "1 min 5 s". */
export function duration(millis) {
  if (!(millis >= 0)) {
    return '';
  }
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  const seconds = Math.floor(millis / 1000);
  if (seconds < 60) {
    return millis < 10_000 ? `${(millis / 1000).toFixed(1)} s` : `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min ${seconds % 60} s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function ago(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days < 60 ? `${days} d ago` : `${Math.floor(days / 30)} months ago`;
}

class Ticking extends HTMLElement {
  connectedCallback() {
    shown.add(this);
    this.show();
  }

  disconnectedCallback() {
    shown.delete(this);
  }

  attributeChangedCallback() {
    if (this.isConnected) {
      this.show();
    }
  }

  write(text, title) {
    if (this.textContent !== text) {
      this.textContent = text;
    }
    if (this.title !== title) {
      this.title = title;
    }
  }
}

class TimeAgo extends Ticking {
  static observedAttributes = ['datetime'];

  show() {
    const time = new Date(this.getAttribute('datetime') || NaN);
    if (Number.isNaN(time.getTime())) {
      this.write('', '');
    } else {
      this.write(ago(Date.now() - time), time.toLocaleString());
    }
  }
}

class TimeSpan extends Ticking {
  static observedAttributes = ['from', 'to'];

  show() {
    const from = new Date(this.getAttribute('from') || NaN);
    const until = this.getAttribute('to');
    const to = until ? new Date(until) : new Date();
    const text = duration(to - from);
    this.write(!until && text.endsWith(' ms') ? '0 s' : text, '');
  }
}

setInterval(() => shown.forEach((element) => element.show()), 1000);
customElements.define('time-ago', TimeAgo);
customElements.define('time-span', TimeSpan);
