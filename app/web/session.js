import { CognitoError } from './cognito.js';

const KEPT = 'session';

/** Nobody is signed in anymore. The message says why, for the person. */
export class SessionEnded extends Error {}

/**
 * Who is signed in in this tab. The refresh token is kept in this tab's storage for a reload of the page; the ID token
 * is in memory; the access token, which could change the user's account, is kept nowhere. docs/sign-in.md says why.
 */
export function openSession(cognito, clientId) {
  const before = readKept();
  let kept = before?.clientId === clientId ? before : undefined;
  /** An ID token that hasn't opened a socket yet. */
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
    /** The username as the pool has it, undefined if nobody is signed in. */
    get username() {
      return kept?.username;
    },

    /**
     * Whether somebody was signed in in this tab, but isn't anymore because the room's user pool client has changed.
     */
    hasMoved: before !== undefined && kept === undefined,

    async signIn(username, password) {
      const { IdToken, RefreshToken } = await cognito.signIn(username, password);
      unused = IdToken;
      keep({ clientId, username: claimsOf(IdToken)['cognito:username'], refreshToken: RefreshToken });
    },

    /**
     * Returns an ID token to open one socket with: they live for minutes, so each one except the first is requested
     * again. Rejects with SessionEnded if Cognito issues no more of them, with a CognitoError if it can't be reached.
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

    /** Forgets the user, and revokes the refresh token in Cognito if it can be reached. */
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

/** Returns a token's claims, unverified: enough to greet somebody by name. Verifying them is up to the room. */
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
        ? 'Your session has expired. Please sign in again.'
        : 'You were signed out, here or elsewhere. Please sign in again.';
    case 'UserNotFoundException':
      return 'The room no longer knows you. Please sign up again.';
    case 'ResourceNotFoundException':
      return 'The user pool that you signed in to is gone. Reload this page.';
    default:
      return undefined;
  }
}
