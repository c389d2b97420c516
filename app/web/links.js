import { element } from './element.js';

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+/giu;
/** Characters that end a sentence, not an address. */
const TRAILING = /[.,:;!?'’”»…*_~]+$/u;

/**
 * Splits a message into text and links, in order. Only `http:` and `https:` addresses become links, each link shows its
 * target, and addresses with a username stay text: `https://bank.example@other.example` leads to `other`.
 */
export function withLinks(text) {
  const parts = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutSentence(found);
    const target = targetOf(address);
    if (target === undefined) continue;
    parts.push(text.slice(end, index), link(address, target));
    end = index + address.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== '');
}

function link(address, target) {
  const made = element('a', undefined, address);
  made.href = target;
  made.target = '_blank';
  made.rel = 'noopener noreferrer';
  // Addresses read from left to right, even in a text that doesn't.
  made.dir = 'ltr';
  return made;
}

/** `(see https://example.com/a_(b))` has one parenthesis too many at its end. */
function withoutSentence(found) {
  let address = found.replace(TRAILING, '');
  while (/[)\]}]$/.test(address) && !isBalanced(address)) address = address.slice(0, -1).replace(TRAILING, '');
  return address;
}

function isBalanced(address) {
  const closing = address.at(-1);
  const opening = { ')': '(', ']': '[', '}': '{' }[closing];
  return address.split(opening).length >= address.split(closing).length;
}

function targetOf(address) {
  if (!URL.canParse(address)) return undefined;
  const { protocol, username, password, href } = new URL(address);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && username === '' && password === '' ? href : undefined;
}
