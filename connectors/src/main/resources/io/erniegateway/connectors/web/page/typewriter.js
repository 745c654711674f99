// When to show how much. Pure: no document, no clock of its own.
//
// A platform-paced answer arrives in bursts. Each burst is spread evenly over the time until the next one is expected,
// so reading feels continuous; what is not yet shown when the next burst arrives is spread together with it. The
// reader is therefore never behind by more than about one interval.

/** Milliseconds. A first burst has no history; this feels prompt and still moves. */
const FIRST_SPREAD = 280;
/** Below this a burst is a frame or two anyway. */
const SHORTEST = 40;
/** A pause (a tool call, a slow network) says nothing about the pace; a longer wait than this is felt as lag. */
const LONGEST = 1500;
/** The weight of the newest interval: follows a change of pace within three or four bursts, ignores a single hiccup. */
const NEWEST = 0.35;
/** When nothing more comes, the rest is shown within this. */
const FINISH = 160;

/** Expected arrival of bursts, from a smoothed mean of the intervals between them. */
export class Pace {
  #mean = 0;
  #last = 0;

  /** A burst arrived now. */
  arrived(now) {
    if (this.#last > 0) {
      const interval = Math.min(LONGEST, Math.max(SHORTEST, now - this.#last));
      this.#mean = this.#mean === 0 ? interval : this.#mean + NEWEST * (interval - this.#mean);
    }
    this.#last = now;
  }

  /** Milliseconds until the next burst is expected. */
  get interval() {
    return this.#mean === 0 ? FIRST_SPREAD : this.#mean;
  }
}

/** How many characters of a growing text are to be shown at a given time. */
export class Schedule {
  #pace = new Pace();
  #from = 0;
  #to = 0;
  #start = 0;
  #spread = 1;

  /**
   * The text now has `total` characters, of which `shown` are visible (a text that was rewritten may have lost some).
   */
  grow(total, shown, now) {
    this.#pace.arrived(now);
    this.#plan(total, shown, now, this.#pace.interval);
  }

  /** Nothing more will come. */
  finish(shown, now) {
    const left = this.#start + this.#spread - now;
    this.#plan(this.#to, shown, now, Math.max(1, Math.min(FINISH, left)));
  }

  /** Characters to show, between what was shown when the last burst came and all of it. */
  at(now) {
    const share = Math.min(1, Math.max(0, (now - this.#start) / this.#spread));
    return this.#from + Math.ceil((this.#to - this.#from) * share);
  }

  /** Whether everything that arrived is due. */
  doneAt(now) {
    return now >= this.#start + this.#spread;
  }

  get interval() {
    return this.#pace.interval;
  }

  #plan(total, shown, now, spread) {
    // What was due by now counts as shown, or each burst would cost the time since the last frame.
    this.#from = Math.min(Math.max(shown, this.at(now)), total);
    this.#to = total;
    this.#start = now;
    this.#spread = spread;
  }
}

/** Drives one message: a schedule on one side, something that can show its first n characters on the other. */
export class Typewriter {
  #schedule = new Schedule();
  #reveal;
  #now;
  #frame;
  #waiting = false;
  #onFrame;

  /**
   * @param reveal {aim(content) → total, show(n), shown}
   * @param onFrame called after each change of what is visible
   * @param now milliseconds, @param frame calls back before the next repaint
   */
  constructor(reveal, { onFrame = () => {}, now = () => performance.now(), frame = requestAnimationFrame } = {}) {
    this.#reveal = reveal;
    this.#onFrame = onFrame;
    this.#now = now;
    this.#frame = (task) => frame(task);
  }

  /** The whole content as of now. `atOnce` for readers who want no motion, and for what is old. */
  write(content, atOnce = false) {
    const total = this.#reveal.aim(content);
    const now = this.#now();
    this.#schedule.grow(total, this.#reveal.shown, now);
    if (atOnce) {
      this.#reveal.show(total);
      this.#schedule.finish(total, now);
      this.#onFrame();
    } else {
      this.#wake();
    }
  }

  /** The answer is complete. */
  finish() {
    this.#schedule.finish(this.#reveal.shown, this.#now());
    this.#wake();
  }

  /** How long to wait without a burst before the answer may be taken for complete, in milliseconds. */
  get patience() {
    return Math.max(1200, this.#schedule.interval * 3);
  }

  get idle() {
    return !this.#waiting;
  }

  #wake() {
    if (!this.#waiting) {
      this.#waiting = true;
      this.#frame(() => this.#step());
    }
  }

  #step() {
    const now = this.#now();
    this.#reveal.show(this.#schedule.at(now));
    this.#waiting = false;
    this.#onFrame();
    if (!this.#schedule.doneAt(now)) {
      this.#wake();
    }
  }
}
