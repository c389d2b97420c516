const MOST_BYTES = 4096;
const TELL_FROM = MOST_BYTES * 0.8;
const HOW = 'Enter sends, Shift+Enter adds a line';

const form = document.getElementById('say-form');
const text = document.getElementById('text');
const send = document.getElementById('send');
const hint = document.getElementById('say-hint');
const encoder = new TextEncoder();
let connected = false;

/** Calls `say` with each text that the person sends; it returns whether the text is on its way. */
export function onSay(say) {
  form.onsubmit = (event) => {
    event.preventDefault();
    if (problem() !== undefined || text.value.trim() === '') return text.focus();
    if (!say(text.value.trim())) return;
    text.value = '';
    tell();
    text.focus();
  };
}

/** Nothing can be sent without a connection. The draft stays. */
export function setConnected(value) {
  connected = value;
  tell();
}

export function focusComposer() {
  text.focus();
}

text.addEventListener('input', tell);
text.addEventListener('keydown', (event) => {
  // While an input method composes a word, Enter belongs to it.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

function problem() {
  if (!connected) return 'You can send as soon as you are connected';
  const over = bytes() - MOST_BYTES;
  return over > 0 ? `Too long by ${over} bytes: a message can have at most 4 KB` : undefined;
}

function bytes() {
  return encoder.encode(text.value.trim()).length;
}

function tell() {
  const wrong = problem();
  const left = MOST_BYTES - bytes();
  const words = wrong ?? (left < MOST_BYTES - TELL_FROM ? `${left} bytes left` : HOW);
  if (hint.textContent !== words) hint.textContent = words;
  hint.classList.toggle('problem', wrong !== undefined && connected);
  send.ariaDisabled = wrong === undefined ? 'false' : 'true';
  text.ariaInvalid = wrong !== undefined && connected ? 'true' : 'false';
}
