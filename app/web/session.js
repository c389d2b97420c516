import { CognitoError } from './cognito.js';

const KEPT = 'session';

/** There is nobody signed in any more. The message says why, for the person. */
export class SessionEnded extends Error {}

/**
 * Who is signed in in this tab. The refresh token is kept for a reload of the page, in this tab's storage; the ID token
 * lives in memory; the access token, which could change the user's account, is kept nowhere. docs/sign-in.md says why.
 */
export function openSession(cognito, clientId) {
  const before = readKept();
  let kept = before?.clientId === clientId ? before : undefined;
  /** An ID token that opened no socket yet. */
  let unused;

  function keep(next) {
    kept = next;
    if (next === undefined) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, JSON.stringify(next));
  }

  function forget() {
    unused = undefined;
    keep(undefined);
  }

  return {
    /** The user name as the pool has it, undefined where nobody is signed in. */
    get username() {
      return kept?.username;
    },

    /** Whether somebody was signed in in this tab who is not any more, since the room has another user pool client now. */
    hasMoved: before !== undefined && kept === undefined,

    async signIn(username, password) {
      const { IdToken, RefreshToken } = await cognito.signIn(username, password);
      unused = IdToken;
      keep({ clientId, username: claimsOf(IdToken)['cognito:username'], refreshToken: RefreshToken });
    },

    /**
     * An ID token to open one socket with: they live for minutes, so each is asked for anew, but for the first. Rejects
     * with SessionEnded where Cognito gives no more of them, with a CognitoError where it cannot be asked.
     */
    async idToken() {
      if (unused !== undefined) {
        const token = unused;
        unused = undefined;
        return token;
      }
      try {
        const { IdToken, RefreshToken = kept.refreshToken } = await cognito.renew(kept.refreshToken);
        keep({ ...kept, refreshToken: RefreshToken });
        return IdToken;
      } catch (error) {
        const reason = whyEnded(error);
        if (reason === undefined) throw error;
        forget();
        throw new SessionEnded(reason);
      }
    },

    /** Forgets who was here, and tells Cognito to take no such refresh token any more, as far as it can be told. */
    signOut() {
      const refreshToken = kept?.refreshToken;
      forget();
      if (refreshToken !== undefined) cognito.revoke(refreshToken).catch(() => {});
    },
  };
}

function readKept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What a token says, unverified: enough to greet somebody by name. Whether it is true is the room's to find out. */
export function claimsOf(token) {
  const part = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
  const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

function whyEnded(error) {
  if (!(error instanceof CognitoError)) return undefined;
  switch (error.code) {
    case 'NotAuthorizedException':
      return /expired/i.test(error.message)
        ? 'You were signed in for a long time, and that has ended. Please sign in again.'
        : 'You were signed out, here or from elsewhere. Please sign in again.';
    case 'UserNotFoundException':
      return 'The room does not know you any more. Please sign up again.';
    case 'ResourceNotFoundException':
      return 'The user pool that you signed in to is gone. Load this page again.';
    default:
      return undefined;
  }
}
