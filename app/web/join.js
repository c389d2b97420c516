const LONGEST_NAME = 40;
const KEPT = 'name';

const section = document.getElementById('join');
const form = document.getElementById('join-form');
const input = document.getElementById('name');
const problem = document.getElementById('name-problem');

/** Asks who comes in, until `onJoin` is called with `{ name }`. */
export function askForName(onJoin) {
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
    onJoin({ name });
  };
}

/** Who was in the room before the page was loaded anew, `{ name }`, if anybody. */
export function whoWasHere() {
  const name = sessionStorage.getItem(KEPT);
  return name === null ? undefined : { name };
}

export function forgetWhoWasHere() {
  sessionStorage.removeItem(KEPT);
}

input.addEventListener('input', () => {
  const name = input.value.trim();
  tell(name === '' ? undefined : whatIsWrongWith(name));
});

function whatIsWrongWith(name) {
  const length = [...name].length;
  if (length === 0) return 'Please say who you are.';
  if (length > LONGEST_NAME) return `That name has ${length} characters. Please shorten it to ${LONGEST_NAME}.`;
  return undefined;
}

function tell(wrong) {
  if (problem.textContent !== (wrong ?? '')) problem.textContent = wrong ?? '';
  input.ariaInvalid = wrong === undefined ? 'false' : 'true';
}
