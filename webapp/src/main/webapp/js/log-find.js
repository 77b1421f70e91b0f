// Finds a text in a whole log. The server looks for it, a part at a time, so lines that were never
// loaded are found too; a new search ends the one before.

const AT_ONCE = 200;
const MOST = 5000;

export class LogFind {
  #source;
  #changed;
  #stop = new AbortController();
  #at = -1;

  /** `changed` is called when there are more hits, and when the search ends. */
  constructor(source, text, changed) {
    this.#source = source;
    this.#changed = changed;
    this.text = text;
    this.hits = []; // numbers of lines, in order
    this.done = false;
    this.failed = false;
    this.#search();
  }

  stop() {
    this.#stop.abort();
  }

  /** The number of the line that was gone to last, or 0. */
  get current() {
    return this.hits[this.#at] || 0;
  }

  /** Begins with the first hit that is not before `line`, or with the very first; returns it or 0. */
  begin(line) {
    const found = this.hits.findIndex((hit) => hit >= line);
    this.#at = this.hits.length === 0 ? -1 : Math.max(0, found);
    return this.current;
  }

  /** Goes on by one hit, forwards (1) or back (-1), around the end; returns its number or 0. */
  step(way) {
    const count = this.hits.length;
    this.#at = count === 0 ? -1 : (this.#at + way + count) % count;
    return this.current;
  }

  /** What to tell: "3 of 17". */
  get words() {
    if (this.failed) {
      return 'The search broke off';
    }
    const more = this.hits.length >= MOST ? '+' : this.done ? '' : '…';
    if (this.hits.length === 0) {
      return this.done ? 'Nothing found' : 'Searching…';
    }
    const count = this.hits.length.toLocaleString('en') + more;
    return this.#at < 0 ? count : `${(this.#at + 1).toLocaleString('en')} of ${count}`;
  }

  async #search() {
    let from = 1;
    try {
      while (from > 0 && this.hits.length < MOST) {
        const found = await this.#source.search(this.text, from, AT_ONCE, this.#stop.signal);
        this.hits.push(...found.items.map((line) => line.n));
        from = found.next || 0;
        if (from > 0) {
          this.#changed();
        }
      }
    } catch (error) {
      if (error.name === 'AbortError') {
        return;
      }
      this.failed = true;
    }
    this.done = true;
    this.#changed();
  }
}
