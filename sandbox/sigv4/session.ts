import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { Caller, CallerSession } from '../calls/caller.ts';
import type { Ids } from '../calls/ids.ts';

/** Temporary credentials, as returned by AssumeRole. */
export interface SessionCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: Date;
}

/** The sealed content of a session token: the account stores no sessions, and a restart ends none. */
export interface Session {
  readonly accessKeyId: string;
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** The validity period and restrictions of credentials. */
export interface SessionTerms extends Omit<CallerSession, 'issued'> {
  readonly issued: Date;
  readonly expires: Date;
}

/** Creates and reads temporary credentials with one account's 32-byte sealing key. */
export class Sessions {
  readonly #key: Buffer;
  readonly #read = new Map<string, Session>();
  readonly #secrets = new Map<string, string>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  issue(caller: Caller, terms: SessionTerms, ids: Pick<Ids, 'unique' | 'bytes'>): SessionCredentials {
    const accessKeyId = ids.unique('ASIA').slice(0, 20);
    const { issued, expires, ...held } = terms;
    const session: Session = {
      accessKeyId,
      caller: { ...caller, session: { issued: issued.toISOString(), ...held } },
      expires: expires.getTime(),
    };
    const nonce = ids.bytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(session), 'utf8'), cipher.final()]);
    return {
      AccessKeyId: accessKeyId,
      SecretAccessKey: this.secretOf(accessKeyId),
      SessionToken: Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64'),
      Expiration: expires,
    };
  }

  /** Returns a token's session; undefined if this account didn't issue it. */
  read(token: string): Session | undefined {
    const known = this.#read.get(token);
    if (known !== undefined) return known;
    try {
      const bytes = Buffer.from(token, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      const session = JSON.parse(text) as Session;
      if (this.#read.size > 1000) this.#read.clear();
      this.#read.set(token, session);
      return session;
    } catch {
      return undefined;
    }
  }

  /** The secret of a temporary key: derived, so that it needn't be stored. */
  secretOf(accessKeyId: string): string {
    let secret = this.#secrets.get(accessKeyId);
    if (secret === undefined) {
      secret = createHmac('sha256', this.#key).update(accessKeyId).digest('base64').slice(0, 40);
      if (this.#secrets.size > 1000) this.#secrets.clear();
      this.#secrets.set(accessKeyId, secret);
    }
    return secret;
  }
}
