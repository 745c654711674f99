// The connection to the gateway: events in, small posts out.

/** A pause this short is not worth a word to the reader. Milliseconds. */
const QUIET = 1200;
/** Waits between attempts after the server refused the stream outright; a dropped one the browser retries itself. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;
/** A post that takes longer has failed as far as a person is concerned. */
const POST_TIMEOUT = 15000;
/** How long a renewed session may take before a post is tried again. */
const SESSION_TIMEOUT = 3000;

export class Wire {
  #base;
  #handlers;
  #source = null;
  #wait = FIRST_WAIT;
  #timer = 0;
  #hint = 0;
  #lost = false;
  #welcomed = [];

  /**
   * @param base URL that ends in a slash
   * @param handlers one function an event name, given its data; `connection(lost)` when the stream goes or is back
   */
  constructor(base, handlers) {
    this.#base = base;
    this.#handlers = handlers;
    addEventListener('online', () => this.open());
    this.open();
  }

  /** Connects anew; the server begins with the history. */
  open() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = new EventSource(new URL('events', this.#base));
    this.#source = source;
    source.onopen = () => this.#up();
    source.onerror = () => this.#down(source);
    for (const [name, handler] of Object.entries(this.#handlers)) {
      source.addEventListener(name, (event) => {
        handler(JSON.parse(event.data));
        if (name === 'history') {
          this.#welcomed.splice(0).forEach((resume) => resume());
        }
      });
    }
  }

  /** Resolves to '' if it worked, else to a word for what went wrong. Never rejects. */
  async post(path, body = {}) {
    const error = await this.#post(path, body);
    if (error !== 'no_session') {
      return error;
    }
    const welcome = new Promise((resume) => {
      this.#welcomed.push(resume);
      setTimeout(resume, SESSION_TIMEOUT);
    });
    this.open();
    await welcome;
    return this.#post(path, body);
  }

  async #post(path, body) {
    try {
      const response = await fetch(new URL(path, this.#base), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(POST_TIMEOUT),
      });
      if (response.ok) {
        return '';
      }
      const { error } = await response.json().catch(() => ({}));
      return error ?? (response.status >= 500 ? 'down' : 'other');
    } catch {
      return 'network';
    }
  }

  #up() {
    clearTimeout(this.#hint);
    this.#hint = 0;
    this.#wait = FIRST_WAIT;
    if (this.#lost) {
      this.#lost = false;
      this.#handlers.connection(false);
    }
  }

  #down(source) {
    if (source !== this.#source) {
      return;
    }
    this.#hint ||= setTimeout(() => {
      this.#lost = true;
      this.#handlers.connection(true);
    }, QUIET);
    if (source.readyState === EventSource.CLOSED) {
      this.#timer = setTimeout(() => this.open(), this.#wait);
      this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
    }
  }
}
