/** What Cognito gives who signed in. */
export interface Tokens {
  readonly id: string;
  readonly access: string;
}

/** What the room and the checker read of an ID token. */
export interface Claims {
  readonly iss: string;
  readonly aud: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
  readonly 'cognito:username': string;
}

/** The claims of an ID token, unverified: Cognito itself gave it to the checker. */
export function claimsOf(idToken: string): Claims & Readonly<Record<string, unknown>> {
  return parsed(idToken, 1) as Claims & Readonly<Record<string, unknown>>;
}

/** The header of a token: algorithm and key id. */
export function headerOf(token: string): { readonly alg: string; readonly kid: string } {
  return parsed(token, 0) as { alg: string; kid: string };
}

function parsed(token: string, part: number): unknown {
  return JSON.parse(Buffer.from(token.split('.')[part] ?? '', 'base64url').toString());
}
