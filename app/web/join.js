import { named } from './visitor.js';

const LONGEST_NAME = 40;
const KEPT = 'name';

const section = document.getElementById('join');
const form = document.getElementById('join-form');
const input = document.getElementById('name');
const problem = document.getElementById('name-problem');

/** The entrance of a room that trusts everyone: they enter a name. */
export function byName() {
  return { ask: askForName, whoWasHere };
}

/** Asks who is joining, until `onJoin` is called with the visitor. */
function askForName(onJoin) {
  section.hidden = false;
  input.focus();
  form.onsubmit = (event) => {
    event.preventDefault();
    const name = input.value.trim();
    const wrong = whatIsWrongWith(name);
    tell(wrong);
    if (wrong !== undefined) return input.focus();
    sessionStorage.setItem(KEPT, name);
    section.hidden = true;
    onJoin(named(name, forget));
  };
}

/** Who was in the room before the page was reloaded, if anybody. */
function whoWasHere() {
  const name = sessionStorage.getItem(KEPT);
  return name === null ? undefined : named(name, forget);
}

function forget() {
  sessionStorage.removeItem(KEPT);
}

input.addEventListener('input', () => {
  const name = input.value.trim();
  tell(name === '' ? undefined : whatIsWrongWith(name));
});

function whatIsWrongWith(name) {
  const length = [...name].length;
  if (length === 0) return 'Please enter your name.';
  if (length > LONGEST_NAME) return `That name has ${length} characters. Please shorten it to ${LONGEST_NAME}.`;
  return undefined;
}

function tell(wrong) {
  if (problem.textContent !== (wrong ?? '')) problem.textContent = wrong ?? '';
  input.ariaInvalid = wrong === undefined ? 'false' : 'true';
}
