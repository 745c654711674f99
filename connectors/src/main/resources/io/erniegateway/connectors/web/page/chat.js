// One chat, put together. Every element with `data-chat` becomes one; other pages may call mountChat themselves.

import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { el, icon } from './elements.js';
import { Wire } from './wire.js';
import { language, words } from './words.js';

/** How long the reader may think about clearing before the button calms down again. Milliseconds. */
const SURE = 4000;

/**
 * @param root an element with class `chat`
 * @param title the bot's name; the gateway's own is used as soon as it tells
 * @param base where the chat's routes are; beside this file by default
 * @param suggestions texts offered in an empty chat
 */
export function mountChat(root, { title = '', base = new URL('../', import.meta.url), suggestions = [] } = {}) {
  const composer = new Composer({ onSend: (text) => send(text), onStop: () => stop() });
  const conversation = new Conversation({
    title,
    suggestions,
    onBusy: (busy) => composer.setBusy(busy),
    onRetry: () => retry(),
    onSuggestion: (text) => send(text),
  });
  const heading = el('h1', {}, title);
  const hint = el('p', { class: 'connection', role: 'status', hidden: '' }, words.reconnecting);
  const clear = clearButton(() => act('clear'));
  const header = el('header', { class: 'bar' }, el('span', { class: 'mark', 'aria-hidden': 'true' }), heading, clear);
  root.append(header, hint, conversation.root, composer.root);

  const wire = new Wire(base, {
    history: (data) => {
      heading.textContent = data.title;
      conversation.title = data.title;
      composer.maxLength = data.maxLength;
      conversation.history(data);
    },
    message: (line) => (line.bot ? conversation.bot(line) : conversation.person(line.id, line.text)),
    edit: (line) => conversation.bot(line),
    busy: ({ millis }) => conversation.busy(millis),
    idle: () => conversation.idle(),
    cleared: () => conversation.clear(),
    connection: (lost) => {
      hint.hidden = !lost;
    },
  });

  // A message that may have arrived although the answer was lost keeps its id, so the gateway knows it again.
  let unsure = { text: '', id: '' };

  async function send(text) {
    const id = unsure.text === text ? unsure.id : newId();
    const command = text.startsWith('/');
    if (!command) {
      conversation.person(id, text, true);
    }
    conversation.expectAnswer();
    const error = await wire.post('messages', { id, text });
    unsure = error === 'network' ? { text, id } : { text: '', id: '' };
    if (error === '') {
      if (!command) {
        conversation.person(id, text);
      }
    } else {
      conversation.withdraw(id);
      composer.restore(text, complaint(error));
    }
  }

  async function retry() {
    // The button is about to vanish, and the focus must not vanish with it.
    composer.text.focus({ preventScroll: true });
    conversation.expectAnswer();
    await act('retry', () => conversation.idle());
  }

  async function stop() {
    conversation.idle();
    await act('stop');
  }

  async function act(path, undo = () => {}) {
    const error = await wire.post(path);
    composer.complain(error === '' ? '' : complaint(error));
    if (error !== '') {
      undo();
    }
  }

  composer.refresh();
  addEventListener('resize', () => composer.refresh());
  // On a phone the keyboard would jump up unasked.
  if (!matchMedia('(pointer: coarse)').matches && root.hasAttribute('data-chat')) {
    composer.text.focus();
  }
  return { say: send };
}

function complaint(error) {
  return words.errors[error] ?? words.errors.other;
}

function newId() {
  // randomUUID needs a secure context, which a gateway on a home network without TLS is not.
  return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}

/** Asks once more, in place, before it clears. */
function clearButton(onSure) {
  const label = el('span', {}, words.clear);
  const button = el('button', { type: 'button', class: 'quiet clear' }, icon('clear'), label);
  let timer = 0;
  const calmDown = () => {
    clearTimeout(timer);
    button.classList.remove('sure');
    label.textContent = words.clear;
  };
  button.addEventListener('blur', calmDown);
  button.addEventListener('click', () => {
    if (button.classList.contains('sure')) {
      calmDown();
      onSure();
      return;
    }
    button.classList.add('sure');
    label.textContent = words.clearSure;
    timer = setTimeout(calmDown, SURE);
  });
  return button;
}

document.documentElement.lang = language;
for (const root of document.querySelectorAll('[data-chat]')) {
  mountChat(root, { title: root.dataset.title });
}
