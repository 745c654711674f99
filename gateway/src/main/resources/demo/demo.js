// The demo page: the built-in chat and the simulated ones, side by side, each with its meter.

import { language, words } from './demo-words.js';
import { SimulatedWindow } from './window.js';

const chat = document.body.dataset.chatPath;
const { mountChat } = await import(`${chat}/page/chat.js`);
const { el } = await import(`${chat}/page/elements.js`);
const { Wire } = await import(`${chat}/page/wire.js`);

document.documentElement.lang = language;

const windows = new Map();
const meters = new Map();
const lost = el('p', { class: 'demo-lost', role: 'status', hidden: '' }, words.reconnecting);
const stage = el('div', { class: 'demo-stage' });
const tabs = el('nav', { class: 'demo-tabs', 'aria-label': words.title });
const foot = el('footer', { class: 'demo-foot' });

const chips = words.prompts.map((text) => {
  const chip = el('button', { type: 'button', class: 'demo-chip' }, text);
  chip.addEventListener('click', () => {
    web.say(text);
    windows.forEach((window) => window.say(text));
  });
  return chip;
});

document.body.append(
  el('header', { class: 'demo-head' },
    el('div', { class: 'demo-title' }, el('h1', {}, words.title), el('p', { class: 'demo-model' }, words.model)),
    el('p', { class: 'demo-intro' }, words.intro),
    el('div', { class: 'demo-chips', role: 'group', 'aria-label': words.askAll }, el('span', { 'aria-hidden': 'true' }, words.askAll), ...chips)),
  lost, tabs, el('main', {}, stage), foot);

const webRoot = el('div', { class: 'chat' });
const webPanel = panel('web', words.web, webRoot);
const web = mountChat(webRoot, { title: document.body.dataset.title, base: new URL(`${chat}/`, location.href) });

const wire = new Wire(new URL('demo/', location.href), {
  history,
  message: (message) => windows.get(message.window)?.message(message),
  deleted: ({ window, id }) => windows.get(window)?.deleted(id),
  busy: ({ window, thread, millis }) => windows.get(window)?.busy(thread, millis),
  idle: ({ window, thread }) => windows.get(window)?.idle(thread),
  meter: (numbers) => meters.get(numbers.bot)?.(numbers),
  connection: (isLost) => {
    lost.hidden = !isLost;
  },
});

function history(data) {
  meters.set(data.web.bot, webPanel.meter);
  for (const one of data.windows) {
    if (!windows.has(one.id)) {
      const window = new SimulatedWindow(one, (text, thread) => wire.post(`${one.id}/messages`, { text, thread }));
      windows.set(one.id, window);
      meters.set(one.bot, panel(one.id, one.title, window.root).meter);
    }
    windows.get(one.id).history(one.messages);
  }
  data.meters.forEach((numbers) => meters.get(numbers.bot)?.(numbers));
  foot.replaceChildren(...data.links.map(({ label, path }) => el('a', { href: path }, label)));
}

/** A place on the stage with a meter below; its tab is for screens that show one place at a time. */
function panel(id, title, content) {
  const bar = el('i');
  const calls = el('span', { class: 'calls' });
  const refused = el('span', { class: 'refused' });
  const lag = el('span', { class: 'lag' }, words.lagUnknown);
  const root = el('article', { class: 'demo-panel', id: `panel-${id}` }, el('div', { class: 'demo-frame' }, content),
    el('div', { class: 'demo-meter' }, el('div', { class: 'gauge', 'aria-hidden': 'true' }, bar), el('p', {}, calls, refused, lag)));
  stage.append(root);
  const tab = el('button', { type: 'button', 'aria-controls': `panel-${id}` }, title);
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  tab.addEventListener('click', () => root.scrollIntoView({ behavior: calm.matches ? 'instant' : 'smooth', block: 'nearest', inline: 'center' }));
  tabs.append(tab);
  new IntersectionObserver(([entry]) => tab.setAttribute('aria-pressed', String(entry.isIntersecting)),
    { root: stage, threshold: 0.6 }).observe(root);
  return { meter };

  function meter(numbers) {
    const share = numbers.allowed === 0 ? 0 : Math.min(1, numbers.used / numbers.allowed);
    bar.style.transform = `scaleX(${share})`;
    root.classList.toggle('full', share >= 0.9);
    calls.textContent = `${numbers.used} / ${numbers.allowed} ${words.calls} ${words.windows[numbers.window] ?? numbers.window}`;
    refused.textContent = `${numbers.refused} ${words.refused}`;
    refused.classList.toggle('some', numbers.refused > 0);
    lag.textContent = numbers.lag === undefined ? words.lagUnknown : `${numbers.lag} ms ${words.lag}`;
  }
}
