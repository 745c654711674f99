// Where the reader writes.

import { el, icon } from './elements.js';
import { words } from './words.js';

/** The share of the longest text from which on the reader is shown how much is left. */
const NEARLY_FULL = 0.9;

export class Composer {
  /** @param onSend (text), @param onStop () */
  constructor({ onSend, onStop }) {
    this.onSend = onSend;
    this.maxLength = Infinity;
    this.busy = false;
    this.text = el('textarea', {
      class: 'composer-text', rows: '1', placeholder: words.placeholder, 'aria-label': words.placeholder,
      enterkeyhint: 'send', autocomplete: 'off',
    });
    this.count = el('span', { class: 'composer-count', 'aria-live': 'off' });
    this.stop = el('button', { type: 'button', class: 'round stop', 'aria-label': words.stop, title: words.stop }, icon('stop'));
    this.send = el('button', { type: 'submit', class: 'round send', 'aria-label': words.send, title: `${words.send} · ${words.hint}` }, icon('send'));
    this.error = el('p', { class: 'composer-error', role: 'alert', hidden: '' });
    const box = el('div', { class: 'composer-box' }, this.text, this.count, this.stop, this.send);
    this.root = el('form', { class: 'composer', novalidate: '' }, this.error, box);
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.stop.addEventListener('click', () => {
      onStop();
      this.text.focus();
    });
    this.text.addEventListener('input', () => this.refresh());
    this.text.addEventListener('keydown', (event) => this.key(event));
    this.refresh();
  }

  key(event) {
    // While an input method is composing, Enter chooses a word. Safari ends the composition before the key arrives and
    // only the old key code 229 still tells.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && !event.shiftKey && !composing) {
      event.preventDefault();
      this.submit();
    }
  }

  submit() {
    const text = this.text.value.trim();
    if (text === '') {
      return;
    }
    this.complain('');
    this.text.value = '';
    this.refresh();
    this.onSend(text);
  }

  /** Puts back what could not be sent, before what was written since. */
  restore(text, complaint) {
    const since = this.text.value;
    this.text.value = since === '' ? text : `${text}\n${since}`;
    this.refresh();
    this.complain(complaint);
    this.text.focus();
  }

  complain(sentence) {
    this.error.textContent = sentence;
    this.error.hidden = sentence === '';
  }

  setBusy(busy) {
    if (busy !== this.busy) {
      const hadFocus = this.root.contains(document.activeElement);
      this.busy = busy;
      this.refresh();
      // A hidden button would drop the focus to the page's start.
      if (hadFocus && document.activeElement === document.body) {
        this.text.focus();
      }
    }
  }

  refresh() {
    const length = this.text.value.length;
    const empty = this.text.value.trim() === '';
    this.stop.hidden = !this.busy;
    this.send.hidden = this.busy && empty;
    this.send.disabled = empty;
    this.count.hidden = length < this.maxLength * NEARLY_FULL;
    this.count.textContent = this.count.hidden ? '' : `${length} / ${this.maxLength}`;
    this.count.classList.toggle('over', length > this.maxLength);
    this.text.style.height = 'auto';
    this.text.style.height = `${this.text.scrollHeight}px`;
  }
}
