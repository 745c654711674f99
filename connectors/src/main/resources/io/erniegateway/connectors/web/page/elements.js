// Small tools for building the page without markup in strings.

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  send: 'M12 19V5M5.5 11.5 12 5l6.5 6.5',
  stop: 'M8 8h8v8H8z',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  retry: 'M5 12a7 7 0 1 0 2.2-5.1M5 4.5V8h3.5',
  clear: 'M5 7h14M10 7V5h4v2M7 7l.8 12h8.4L17 7M10.5 10.5v5M13.5 10.5v5',
  down: 'M12 5v14M5.5 12.5 12 19l6.5-6.5',
  thread: 'M7 5v6a4 4 0 0 0 4 4h7M14.5 11.5 18 15l-3.5 3.5',
  close: 'M7 7l10 10M17 7 7 17',
};

/** An element with attributes and children; a string is a text. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** One of our line icons; decorative, so its button needs a label. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** HTML that the gateway made, as nodes with our frame around each block of code. */
export function formatted(html, words) {
  const template = document.createElement('template');
  template.innerHTML = html;
  for (const pre of template.content.querySelectorAll('pre')) {
    const language = /language-(\S+)/.exec(pre.firstElementChild?.className ?? '')?.[1] ?? words.code;
    const bar = el('div', { class: 'code-bar', 'data-free': '' },
      el('span', {}, language), el('button', { type: 'button', class: 'quiet', 'data-copy': 'code' }, words.copy));
    const frame = el('div', { class: 'code' }, bar);
    pre.replaceWith(frame);
    pre.tabIndex = 0;
    frame.append(pre);
  }
  return template.content;
}

/** What a reader sees of formatted text, line by line, without our frames. */
export function plain(prose) {
  const copy = prose.cloneNode(true);
  copy.querySelectorAll('[data-free]').forEach((frame) => frame.remove());
  const aside = el('div', { class: 'unseen', 'aria-hidden': 'true' }, copy);
  // Only what is laid out knows its line breaks.
  prose.parentElement.append(aside);
  const text = copy.innerText.trim();
  aside.remove();
  return text;
}

/** Puts a text on the clipboard; also where the page did not come over TLS and browsers lock the modern way. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el('textarea', { class: 'unseen', readonly: '' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}

/** Answers clicks on copy buttons of code blocks inside `root`. */
export function listenForCopies(root, words) {
  root.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy="code"]');
    if (button) {
      await copyText(button.closest('.code').querySelector('pre').textContent.replace(/\n$/, ''));
      flash(button, words);
    }
  });
}

/** Says "copied" for a moment. */
export function flash(button, words) {
  button.textContent = words.copied;
  setTimeout(() => {
    button.textContent = words.copy;
  }, 1600);
}
