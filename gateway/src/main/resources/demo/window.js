// One simulated chat: what a person with the platform's app would see, drawn in its spirit.

import { words } from './demo-words.js';

const chat = document.body.dataset.chatPath;
const { el, icon } = await import(`${chat}/page/elements.js`);
const { Reveal } = await import(`${chat}/page/reveal.js`);
const { Scroller } = await import(`${chat}/page/scroller.js`);

export class SimulatedWindow {
  #messages = new Map();
  #threads = new Map();
  #signs = new Map();
  #thread = '';
  #onWrite;

  /** @param onWrite (text, thread) → a promise of '' or a word for what went wrong */
  constructor({ id, title, look, threads }, onWrite) {
    this.id = id;
    this.look = look;
    this.threaded = threads;
    this.#onWrite = onWrite;
    this.list = el('ol', { class: 'sim-lines' });
    this.quiet = el('p', { class: 'sim-quiet' }, words.quiet);
    this.sign = el('p', { class: 'sim-sign', role: 'status' });
    const box = el('div', { class: 'sim-scroll', tabindex: '0', role: 'region', 'aria-label': title }, this.quiet, this.list);
    this.scroller = new Scroller(box);
    this.root = el('section', { class: `sim sim-${look}`, 'aria-label': `${title}, ${words.simulator}` },
      el('header', { class: 'sim-bar' },
        el('span', { class: 'sim-avatar bot', 'aria-hidden': 'true' }, 'E'),
        el('h2', {}, title), el('span', { class: 'sim-tag' }, words.simulator)),
      box, this.sign, this.#composer(title));
  }

  #composer(title) {
    this.text = el('textarea', { class: 'sim-text', rows: '1', placeholder: words.message, 'aria-label': `${words.message}, ${title}`, enterkeyhint: 'send' });
    this.error = el('p', { class: 'sim-error', role: 'alert', hidden: '' }, words.failed);
    const leave = el('button', { type: 'button', 'aria-label': words.newThread, title: words.newThread }, icon('close'));
    leave.addEventListener('click', () => this.#write(''));
    this.where = el('p', { class: 'sim-where', hidden: '' }, icon('thread'), el('span', {}, words.thread), leave);
    const send = el('button', { type: 'submit', class: 'sim-send', 'aria-label': words.send, title: words.send }, icon('send'));
    const form = el('form', { class: 'sim-composer' }, this.where, this.error, el('div', { class: 'sim-row' }, this.text, send));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener('keydown', (event) => {
      // Enter that chooses a word of an input method sends nothing.
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
        event.preventDefault();
        this.submit();
      }
    });
    this.text.addEventListener('input', () => this.#size());
    return form;
  }

  #size() {
    this.text.style.height = 'auto';
    this.text.style.height = `${this.text.scrollHeight}px`;
  }

  async submit() {
    const text = this.text.value.trim();
    if (text !== '') {
      this.text.value = '';
      this.#size();
      await this.say(text);
    }
  }

  /** Sends a text into the present thread, if there are threads. */
  async say(text) {
    this.error.hidden = true;
    this.scroller.toEnd();
    const error = await this.#onWrite(text, this.#thread);
    if (error !== '') {
      this.text.value = this.text.value === '' ? text : `${text}\n${this.text.value}`;
      this.#size();
      this.error.hidden = false;
    }
  }

  /** Everything anew. */
  history(messages) {
    this.#messages.clear();
    this.#threads.clear();
    this.#signs.forEach((timer) => clearTimeout(timer));
    this.#signs.clear();
    this.list.replaceChildren();
    messages.forEach((message) => this.message({ keep: 0, ...message }));
    this.#settle();
    this.scroller.toEnd();
  }

  /** A message as it is seen now. */
  message(message) {
    let line = this.#messages.get(message.id);
    if (line && line.revision > message.revision) {
      return;
    }
    line ??= this.#add(message);
    line.revision = message.revision;
    line.html = line.html.slice(0, message.keep) + message.html;
    const template = document.createElement('template');
    template.innerHTML = line.html;
    line.reveal.show(line.reveal.aim(template.content));
    // What Slack calls edited (not a stream, not new blocks) says so in its HTML.
    line.edited.hidden = message.revision === 0 || this.look === 'slack';
    if (message.bot) {
      this.idle(message.thread);
    }
    this.#settle();
    this.scroller.follow();
  }

  deleted(id) {
    this.#messages.get(id)?.item.remove();
    this.#messages.delete(id);
    this.#settle();
  }

  busy(thread, millis) {
    clearTimeout(this.#signs.get(thread));
    this.#signs.set(thread, setTimeout(() => this.idle(thread), millis));
    this.#settle();
  }

  idle(thread) {
    clearTimeout(this.#signs.get(thread));
    this.#signs.delete(thread);
    this.#settle();
  }

  #add(message) {
    const prose = el('div', { class: 'prose', dir: 'auto' });
    const edited = el('span', { class: 'sim-edited', hidden: '' }, words.edited);
    const item = el('li', { class: `sim-line ${message.bot ? 'bot' : 'person'}` },
      el('span', { class: `sim-avatar ${message.bot ? 'bot' : ''}`, 'aria-hidden': 'true' }, message.author.slice(0, 1).toUpperCase()),
      el('div', { class: 'sim-body' }, el('b', { class: 'sim-author' }, message.author), prose, edited));
    const line = { item, edited, reveal: new Reveal(prose), html: '', revision: -1 };
    this.#messages.set(message.id, line);
    this.#place(message, item);
    return line;
  }

  #place(message, item) {
    if (!this.threaded) {
      this.list.append(item);
      return;
    }
    if (message.thread === '' || message.thread === message.id) {
      this.list.append(item);
      this.#threads.set(message.id, { item });
      if (!message.bot) {
        this.#write(message.id);
      }
      return;
    }
    const thread = this.#threads.get(message.thread);
    if (!thread) {
      this.list.append(item);
      return;
    }
    if (!thread.list) {
      thread.list = el('ol', { class: 'sim-thread' });
      thread.button = el('button', { type: 'button', class: 'sim-reply' });
      thread.button.addEventListener('click', () => {
        this.#write(message.thread);
        this.text.focus();
      });
      thread.item.append(thread.list, thread.button);
    }
    thread.list.append(item);
    thread.button.replaceChildren(icon('thread'), `${words.replies(thread.list.children.length)} · ${words.reply}`);
  }

  /** From now on texts go into this thread; into none if it is empty. */
  #write(thread) {
    this.#thread = thread;
    this.where.hidden = thread === '';
  }

  #settle() {
    this.quiet.hidden = this.#messages.size > 0;
    this.sign.textContent = this.#signs.size > 0 ? `Ernie ${words.typing} …` : '';
  }
}
