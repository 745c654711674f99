// Keeps the newest text in view, but only for a reader who is there.

/** Pixels from the end within which a reader counts as being at the end: about two lines. */
const NEAR = 56;

export class Scroller {
  #box;
  #atEnd = true;
  #onChange;

  /** @param box the scrolling element, @param onChange (atEnd) */
  constructor(box, onChange = () => {}) {
    this.#box = box;
    this.#onChange = onChange;
    box.addEventListener('scroll', () => this.#set(this.#distance() < NEAR), { passive: true });
    // A keyboard that opens or a window that narrows must not push the newest text out of view.
    new ResizeObserver(() => this.follow()).observe(box);
  }

  get atEnd() {
    return this.#atEnd;
  }

  /** The content grew. */
  follow() {
    if (this.#atEnd) {
      this.#box.scrollTop = this.#box.scrollHeight;
    }
  }

  toEnd(smooth = false) {
    this.#set(true);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#box.scrollTo({ top: this.#box.scrollHeight, behavior: smooth && !calm ? 'smooth' : 'instant' });
  }

  #distance() {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight;
  }

  #set(atEnd) {
    if (atEnd !== this.#atEnd) {
      this.#atEnd = atEnd;
      this.#onChange(atEnd);
    }
  }
}
