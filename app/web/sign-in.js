import { CognitoError, cognitoAt } from './cognito.js';
import { formOf } from './form.js';
import { codeFor } from './mail.js';
import { openSession } from './session.js';
import { signedIn, stranger } from './visitor.js';

const NO_MAIL = 'The practice account sends no mail.';
const MOVED = 'The room was deployed again. Sign in again, or sign up again if it no longer knows you.';
const NOBODY = { username: '', password: '' };

const section = document.getElementById('sign-in');

/**
 * The entrance of a room with users: they sign in to the user pool client in `signIn`, or sign up, step by step.
 * `hasMail`: whether codes can be read here, because the account sends no mail.
 */
export function bySignIn(signIn, hasMail) {
  const cognito = cognitoAt(signIn);
  const session = openSession(cognito, signIn.clientId);
  /** Who is signing in. Their password is kept until they are in, so that they needn't type it twice. */
  let coming = NOBODY;
  let enter;

  const steps = {
    'sign-in': step('sign-in', async ({ username, password }) => {
      coming = { username, password };
      await goIn();
    }),
    'sign-up': step('sign-up', async ({ username, email, password }) => {
      const { UserConfirmed, CodeDeliveryDetails } = await cognito.signUp(username, email, password);
      coming = { username, password };
      if (UserConfirmed) await goIn();
      else show('confirm', await whereCodeIs('SignUp', CodeDeliveryDetails));
    }),
    confirm: step('confirm', async ({ code }) => {
      await cognito.confirm(coming.username, code).catch((error) => {
        // Confirmed elsewhere meanwhile, so there is nothing left to do.
        if (!/status is CONFIRMED/.test(error.message)) throw error;
      });
      await goIn();
    }),
    forgot: step('forgot', async ({ username }) => {
      const { CodeDeliveryDetails } = await cognito.forgot(username);
      coming = { username, password: '' };
      show('reset', await whereCodeIs('ForgotPassword', CodeDeliveryDetails));
    }),
    reset: step('reset', async ({ code, password }) => {
      await cognito.reset(coming.username, code, password);
      coming = { ...coming, password };
      await goIn();
    }),
  };

  for (const button of section.querySelectorAll('[data-to]')) {
    button.onclick = () => show(button.dataset.to, '', { username: button.form.elements.username?.value ?? '' });
  }
  const resend = document.getElementById('resend');
  resend.onclick = () =>
    steps.confirm.atWork(resend, async () => {
      const { CodeDeliveryDetails } = await cognito.resend(coming.username);
      steps.confirm.renew(await whereCodeIs('SignUp', CodeDeliveryDetails));
    });
  document.getElementById('look-in').onclick = () => comeIn(stranger(cognito));

  function show(name, notice, values) {
    section.hidden = false;
    hideAll();
    steps[name].show(notice, values);
  }

  function hideAll() {
    for (const each of Object.values(steps)) each.hide();
  }

  /** Signs in with what is known; unconfirmed users are sent to the confirmation. */
  async function goIn() {
    try {
      await session.signIn(coming.username, coming.password);
    } catch (error) {
      if (!(error instanceof CognitoError) || error.code !== 'UserNotConfirmedException') throw error;
      return show('confirm', await whereCodeIs('SignUp'));
    }
    comeIn(signedIn(cognito, session));
  }

  function comeIn(visitor) {
    coming = NOBODY;
    section.hidden = true;
    hideAll();
    enter(visitor);
  }

  /** Says in a sentence where to find the code that has to be entered now. */
  async function whereCodeIs(purpose, delivery) {
    const code = hasMail ? await codeFor(coming.username, purpose) : undefined;
    if (code !== undefined) return `${NO_MAIL} Your code is ${code}.`;
    if (delivery?.Destination !== undefined) return `A code was sent to ${delivery.Destination}.`;
    return 'Enter the code that was sent to you, or have a new one sent.';
  }

  return {
    /** Who was signed in before the page was reloaded, if anybody. */
    whoWasHere: () => (session.username === undefined ? undefined : signedIn(cognito, session)),

    /**
     * Asks who is joining, until `onEnter` is called with the visitor. `reason`: why they are asked again, one
     * sentence.
     */
    ask(onEnter, reason = session.hasMoved ? MOVED : '') {
      enter = onEnter;
      show('sign-in', reason);
    },
  };
}

function step(name, submit) {
  return formOf(document.getElementById(`${name}-form`), submit);
}
