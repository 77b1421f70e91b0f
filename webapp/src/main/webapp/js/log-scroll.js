// Scrolls over any number of rows of one height. Browsers can't make an element higher than some
// million pixels, so beyond that the scroll bar stands for a part of the way: small movements stay
// exact, and a dragged bar moves in proportion.

const HIGHEST = 8_000_000;

export class Scroll {
  #view;
  #space;
  #height;
  #window = 0; // how much of the rows is in sight, in pixels
  #rows = 0;
  #top = 0; // of the window onto all rows, in pixels, if the element could be as high as it likes
  #known = 0; // scrollTop as it was set or seen last
  #settle = 0;
  #padding = 8;
  #ended = false; // whether the last row was in sight before the window changed its height

  constructor(view, space, rowHeight, changed) {
    this.#view = view;
    this.#space = space;
    this.#height = rowHeight;
    view.addEventListener('scroll', () => this.#moved(changed), { passive: true });
    this.#window = view.clientHeight;
    new ResizeObserver(() => {
      const end = this.#ended;
      this.#window = view.clientHeight;
      this.rows = this.#rows;
      if (end) {
        this.toEnd();
      }
      changed();
    }).observe(view);
  }

  set rows(rows) {
    this.#rows = rows;
    this.#space.style.height = `${Math.min(this.#full, HIGHEST)}px`;
    this.#top = Math.min(this.#top, this.#last);
  }

  /** Indexes of the first and the last row in sight, from 0. */
  get visible() {
    const first = Math.floor(this.#top / this.#height);
    const last = Math.ceil((this.#top + this.#window) / this.#height) - 1;
    return { first: Math.max(0, first), last: Math.min(this.#rows - 1, last) };
  }

  get atEnd() {
    return this.#top >= this.#last - this.#height / 2;
  }

  /** Where a row belongs in the element that scrolls, in pixels. */
  topOf(row) {
    return row * this.#height - this.#top + this.#known + this.#padding;
  }

  /** Scrolls back to where it was, after the element was moved within the page. */
  restore() {
    if (this.#ended) {
      this.toEnd();
    } else {
      this.#align();
    }
  }

  toEnd() {
    this.#set(this.#last);
  }

  /** Brings a row into sight, with some before it. */
  toRow(row) {
    this.#set(row * this.#height - this.#window / 3);
  }

  /** Scrolls by some rows. */
  by(rows) {
    this.#set(this.#top + rows * this.#height);
  }

  get #full() {
    return this.#rows * this.#height + 2 * this.#padding;
  }

  get #last() {
    return Math.max(0, this.#full - this.#window);
  }

  get #lastShown() {
    return Math.max(0, Math.min(this.#full, HIGHEST) - this.#window);
  }

  #set(top) {
    this.#top = Math.min(Math.max(0, top), this.#last);
    this.#ended = this.atEnd;
    this.#align();
  }

  #align() {
    const ratio = this.#last === 0 ? 0 : this.#top / this.#last;
    this.#view.scrollTop = this.#full <= HIGHEST ? this.#top : ratio * this.#lastShown;
    this.#known = this.#view.scrollTop;
  }

  #moved(changed) {
    const now = this.#view.scrollTop;
    if (Math.abs(now - this.#known) < 1) {
      return; // set by us
    }
    const way = now - this.#known;
    this.#known = now;
    if (this.#full <= HIGHEST) {
      this.#top = now;
    } else if (now <= 0) {
      this.#top = 0;
    } else if (now >= this.#lastShown - 1) {
      this.#top = this.#last;
    } else if (Math.abs(way) < 2 * this.#window) {
      this.#top = Math.min(Math.max(0, this.#top + way), this.#last);
    } else {
      this.#top = (now / this.#lastShown) * this.#last;
    }
    this.#ended = this.atEnd;
    clearTimeout(this.#settle);
    if (this.#full > HIGHEST) {
      this.#settle = setTimeout(() => {
        this.#align();
        changed();
      }, 200);
    }
    changed();
  }
}
