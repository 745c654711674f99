// Shows the first n characters of formatted text. The visible part of the document is never rebuilt: what is there and
// still right stays untouched, text nodes grow at their end, elements appear with their first character.

/** Shown as a whole: a row that fills cell by cell would make the columns jump. */
const WHOLE = new Set(['TR', 'BUTTON']);
/** Elements without text of their own that are seen all the same. */
const VOID = new Set(['BR', 'HR']);

export class Reveal {
  #live;
  #target = document.createElement('div');
  #total = 0;
  #shown = 0;

  /** @param live the element in the page whose children are revealed */
  constructor(live) {
    this.#live = live;
  }

  get shown() {
    return this.#shown;
  }

  /** Sets what is to be shown in the end (a DocumentFragment). Returns its number of characters. */
  aim(content) {
    this.#target = document.createElement('div');
    this.#target.append(content);
    this.#total = weigh(this.#target);
    this.#sync(Math.min(this.#shown, this.#total));
    return this.#total;
  }

  /** Shows the first n characters. */
  show(n) {
    if (n !== this.#shown) {
      this.#sync(n);
    }
  }

  #sync(n) {
    this.#shown = n;
    fill(this.#live, this.#target, n >= this.#total ? Infinity : n);
  }
}

/** Characters count, white space between blocks does not. Remembered on the node: a target never changes. */
function weigh(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    return node.data.trim() === '' ? 0 : node.data.length;
  }
  if (node.weight === undefined) {
    node.weight = VOID.has(node.nodeName) ? 1 : 0;
    if (!node.hasAttribute?.('data-free')) {
      for (const child of node.childNodes) {
        node.weight += weigh(child);
      }
    }
  }
  return node.weight;
}

/** Makes `live` look like the first `budget` characters of `target`. */
function fill(live, target, budget) {
  let at = live.firstChild;
  for (const child of target.childNodes) {
    const weight = weigh(child);
    // Weightless decoration comes with the first character after it, never alone.
    if (budget <= 0) {
      break;
    }
    if (child.nodeType === Node.TEXT_NODE) {
      at = fillText(live, at, child.data, weight === 0 ? Infinity : budget);
    } else {
      at = fillElement(live, at, child, weight === 0 || WHOLE.has(child.nodeName) ? Infinity : budget);
    }
    budget -= weight;
  }
  while (at !== null) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function fillText(parent, at, data, budget) {
  const text = budget >= data.length ? data : data.slice(0, wholeCharacters(data, budget));
  if (at?.nodeType !== Node.TEXT_NODE) {
    at = parent.insertBefore(document.createTextNode(''), at);
  }
  if (at.data !== text) {
    if (text.startsWith(at.data)) {
      at.appendData(text.slice(at.data.length));
    } else {
      at.data = text;
    }
  }
  return at.nextSibling;
}

function fillElement(parent, at, target, budget) {
  if (at === null || at.source !== target) {
    if (at === null || !alike(at, target)) {
      const fresh = target.cloneNode(false);
      // What stood here is of another kind; what follows it may still fit, so only this one goes.
      if (at === null) {
        parent.append(fresh);
      } else {
        parent.replaceChild(fresh, at);
      }
      at = fresh;
    }
    at.source = target;
    at.complete = false;
  }
  if (!at.complete) {
    fill(at, target, budget);
    at.complete = budget >= weigh(target);
  }
  return at.nextSibling;
}

function alike(a, b) {
  if (a.nodeName !== b.nodeName || a.attributes.length !== b.attributes.length) {
    return false;
  }
  for (const { name, value } of b.attributes) {
    if (a.getAttribute(name) !== value) {
      return false;
    }
  }
  return true;
}

/** Never cuts a surrogate pair, nor between a character and what combines with it. */
function wholeCharacters(data, n) {
  while (n < data.length && (/[\uDC00-\uDFFF\u200D\uFE0F\u20E3]|\p{M}/u.test(data[n]) || data[n - 1] === '\u200D' || /[\uD800-\uDBFF]/.test(data[n - 1]))) {
    n++;
  }
  return n;
}
