import { CognitoError } from './cognito.js';
import { problemOf } from './problems.js';

/**
 * A form: reads it, shows problems beside the affected field and focuses that, and shows that it is busy. `submit` gets
 * the values by name; if it rejects with a CognitoError, that is shown as a problem of the form.
 */
export function formOf(form, submit) {
  const inputs = [...form.querySelectorAll('input')];
  const button = form.querySelector('[type="submit"]');
  let isBusy = false;

  form.onsubmit = async (event) => {
    event.preventDefault();
    if (isBusy) return;
    for (const input of inputs) tell(input, '');
    tellAll('');
    const missing = inputs.filter(({ value }) => value.trim() === '');
    for (const input of missing) tell(input, input.dataset.missing);
    if (missing.length > 0) return missing[0].focus();
    await atWork(button, () => submit(Object.fromEntries(inputs.map((input) => [input.name, enteredIn(input)]))));
  };
  for (const input of inputs) input.addEventListener('input', () => tell(input, ''));

  /** Runs a button's action, one at a time: shows that it is busy, and shows Cognito's errors. */
  async function atWork(pressed, task) {
    if (isBusy) return;
    isBusy = true;
    const idle = pressed.textContent;
    pressed.ariaDisabled = 'true';
    pressed.textContent = pressed.dataset.busy;
    try {
      await task();
    } catch (error) {
      if (!(error instanceof CognitoError)) throw error;
      const { field, words } = problemOf(error);
      const input = inputs.find(({ name }) => name === field);
      if (input === undefined) return tellAll(words);
      tell(input, words);
      input.focus();
    } finally {
      isBusy = false;
      pressed.ariaDisabled = 'false';
      pressed.textContent = idle;
    }
  }

  function tellAll(words) {
    form.querySelector('.problem.whole').textContent = words;
  }

  return {
    atWork,
    /** Shows the form, with a sentence above its fields, and focuses the first empty field. */
    show(notice = '', values = {}) {
      for (const input of inputs) {
        tell(input, '');
        if (values[input.name] !== undefined) input.value = values[input.name];
      }
      tellAll('');
      form.hidden = false;
      this.notice(notice);
      (inputs.find(({ value }) => value === '') ?? inputs[0]).focus();
    },
    /** Shows that a new code replaces the previous one, and clears what was entered. */
    renew(notice) {
      const code = inputs.find(({ name }) => name === 'code');
      code.value = '';
      tell(code, '');
      this.notice(notice);
      code.focus();
    },
    notice(words) {
      form.querySelector('.notice').textContent = words;
    },
    /** Hides the form, and clears its secrets. */
    hide() {
      form.hidden = true;
      this.notice('');
      for (const input of inputs) if (input.type === 'password' || input.name === 'code') input.value = '';
    },
  };
}

/** A password can begin and end with spaces; nothing else can. */
function enteredIn({ type, value }) {
  return type === 'password' ? value : value.trim();
}

function tell(input, words) {
  const problem = document.getElementById(`${input.id}-problem`);
  if (problem.textContent !== words) problem.textContent = words;
  input.ariaInvalid = words === '' ? 'false' : 'true';
}
