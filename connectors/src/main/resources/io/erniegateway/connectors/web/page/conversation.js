// The messages of one chat, and who is busy.

import { copyText, el, flash, formatted, icon, listenForCopies, plain } from './elements.js';
import { Reveal } from './reveal.js';
import { Scroller } from './scroller.js';
import { Typewriter } from './typewriter.js';
import { words } from './words.js';

/** An answer that has not begun by then will not come; the dots would be a lie. Milliseconds. */
const LONGEST_WAIT = 120000;

const calm = matchMedia('(prefers-reduced-motion: reduce)');

export class Conversation {
  #lines = new Map();
  #waiting = 0;
  #writing = 0;
  #onBusy;
  #onRetry;

  /** @param onBusy (busy) when the bot begins or ends, @param onRetry () */
  constructor({ title, suggestions = [], onBusy, onRetry, onSuggestion }) {
    this.title = title;
    this.#onBusy = onBusy;
    this.#onRetry = onRetry;
    this.list = el('ol', { class: 'lines', 'aria-label': words.conversation });
    this.dots = el('div', { class: 'dots', hidden: '', role: 'img', 'aria-label': `${title} ${words.typing}` },
      el('i'), el('i'), el('i'));
    this.empty = this.#emptyState(suggestions, onSuggestion);
    this.news = el('p', { class: 'unseen', role: 'status' });
    this.jump = el('button', { type: 'button', class: 'jump', hidden: '', 'aria-label': words.latest, title: words.latest }, icon('down'));
    const column = el('div', { class: 'column' }, this.empty, this.list, this.dots);
    // Focusable: a reader without a mouse scrolls with the arrow keys.
    const box = el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': words.conversation }, column);
    this.root = el('div', { class: 'conversation' }, box, this.jump, this.news);
    this.scroller = new Scroller(box, (atEnd) => {
      this.jump.hidden = atEnd;
    });
    this.jump.addEventListener('click', () => this.scroller.toEnd(true));
    listenForCopies(this.list, words);
  }

  #emptyState(suggestions, onSuggestion) {
    const chips = suggestions.map((text) => {
      const chip = el('button', { type: 'button', class: 'chip' }, text);
      chip.addEventListener('click', () => onSuggestion(text));
      return chip;
    });
    return el('div', { class: 'empty' }, el('h2', {}, words.empty), el('p', {}, words.emptyHint),
      el('div', { class: 'chips' }, ...chips));
  }

  /** Everything as it is now; what a reload or a new connection begins with. */
  history({ lines, busy }) {
    const pending = [...this.#lines.values()].filter((line) => line.pending);
    this.#reset();
    for (const line of lines) {
      if (line.bot) {
        this.#bot(line.id, line).write(line.html, true);
      } else {
        this.person(line.id, line.text);
      }
    }
    for (const line of pending) {
      if (!this.#lines.has(line.id)) {
        this.person(line.id, line.text, true);
      }
    }
    if (busy > 0) {
      this.busy(busy);
    }
    this.#settle();
    this.scroller.toEnd();
  }

  /** A line of the reader's; `pending` until the gateway has it. */
  person(id, text, pending = false) {
    let line = this.#lines.get(id);
    if (!line) {
      const item = el('li', { class: 'line person' }, el('span', { class: 'unseen' }, `${words.you}: `),
        el('div', { class: 'bubble', dir: 'auto' }, text));
      line = { id, text, item };
      this.#add(line);
    }
    line.pending = pending;
    line.item.classList.toggle('pending', pending);
    if (pending) {
      this.scroller.toEnd();
    }
  }

  /** A pending line that did not get through. */
  withdraw(id) {
    this.#lines.get(id)?.item.remove();
    this.#lines.delete(id);
    this.idle();
    this.#settle();
  }

  /** A message of the bot, new or changed, as it comes over the wire. */
  bot({ id, keep, html, at }) {
    const line = this.#bot(id, { at });
    this.#stopWaiting();
    line.write(line.html.slice(0, keep) + html, calm.matches || document.hidden);
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.#finished(line), line.typewriter.patience);
    this.#settle();
  }

  #bot(id, { at }) {
    let line = this.#lines.get(id);
    if (!line) {
      line = this.#newBotLine(id, at);
      this.#add(line);
    }
    return line;
  }

  #newBotLine(id, at) {
    const prose = el('div', { class: 'prose', dir: 'auto' });
    const copy = el('button', { type: 'button', class: 'quiet' }, words.copy);
    copy.setAttribute('aria-label', words.copyAnswer);
    copy.addEventListener('click', async () => {
      await copyText(plain(line.prose));
      flash(copy, words);
    });
    const retry = el('button', { type: 'button', class: 'quiet retry' }, icon('retry'), words.retry);
    retry.addEventListener('click', () => this.#onRetry());
    const item = el('li', { class: 'line bot', title: new Date(at).toLocaleString() },
      el('span', { class: 'unseen' }, `${this.title}: `), prose, el('div', { class: 'tools' }, copy, retry));
    const typewriter = new Typewriter(new Reveal(prose), { onFrame: () => this.scroller.follow() });
    const line = { id, item, prose, typewriter, html: '', bot: true };
    line.write = (html, atOnce) => {
      line.html = html;
      typewriter.write(formatted(html, words), atOnce);
    };
    return line;
  }

  #add(line) {
    this.#lines.set(line.id, line);
    this.list.append(line.item);
    this.#settle();
    this.scroller.follow();
  }

  #finished(line) {
    this.#writing = 0;
    line.typewriter.finish();
    // Told once and whole: a text that is read out while it grows is unbearable.
    this.news.textContent = `${this.title} ${words.answered}: ${plain(line.prose)}`;
    this.#settle();
  }

  /** The bot is about to write; shown for so many milliseconds, or until it does. */
  busy(millis) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.idle(), millis);
    this.#settle();
  }

  /** Shown at once after the reader has sent something. */
  expectAnswer() {
    this.busy(LONGEST_WAIT);
  }

  idle() {
    this.#stopWaiting();
    this.#settle();
  }

  clear() {
    this.#reset();
    this.#settle();
  }

  #stopWaiting() {
    clearTimeout(this.#waiting);
    this.#waiting = 0;
  }

  #reset() {
    this.#stopWaiting();
    clearTimeout(this.#writing);
    this.#writing = 0;
    this.#lines.clear();
    this.list.replaceChildren();
    this.news.textContent = '';
  }

  #settle() {
    const busy = this.#waiting !== 0 || this.#writing !== 0;
    this.dots.hidden = this.#waiting === 0;
    this.empty.hidden = this.#lines.size > 0;
    const last = [...this.#lines.values()].at(-1);
    for (const line of this.#lines.values()) {
      line.item.classList.toggle('last', line === last);
    }
    this.root.classList.toggle('busy', busy);
    this.#onBusy(busy);
    this.scroller.follow();
  }
}
