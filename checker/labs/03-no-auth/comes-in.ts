import type { Room, Subject } from '../../checking/check.ts';
import type { Gate } from '../../observe/gate.ts';
import { knockAt } from '../../probe/knock.ts';
import { visit } from '../../probe/visit.ts';
import type { Guests } from '../../sign-in/guests.ts';
import { keepToken } from '../../sign-in/kept-token.ts';
import { renew } from '../../sign-in/renew.ts';
import { type Decider, decider } from './observe-refusals.ts';

/** Somebody's last handshake: the first that was rejected, if one was. */
export interface Entry extends Decider {
  readonly status: number;
  /** The token that she brought. */
  readonly brings: 'her ID token' | 'a renewed ID token' | 'a new ID token';
  /** When she connected, in milliseconds. */
  readonly since: number;
  /** Why Cognito renews no token of hers. */
  readonly unrenewed?: string;
  readonly conversation: readonly string[];
}

/**
 * Connects Ada with her ID token, then with two that Cognito renews for the same sign-in: a room may take each token
 * only once, but the page renews its token before each handshake. If she isn't admitted then, she tries a token of a
 * new sign-in, which shows whether the renewal is the reason. Her sign-in is seconds old: her user is deleted after the
 * checks, so a limit of some minutes on the age of a sign-in goes unnoticed.
 */
export function comesIn(
  subject: Subject,
  { room, gate }: { readonly room: Room; readonly gate: Gate },
  { ada, client }: Pick<Guests, 'ada' | 'client'>,
): Promise<Entry> {
  const { username } = ada;
  return visit(subject, room.address, async (inside) => {
    const comes = async (brings: Entry['brings'], token: string): Promise<Entry> => {
      const since = Date.now();
      const { knocks } = await knockAt(inside, [{ kind: brings, label: 'Ada', token, username }], 1);
      const status = knocks[0]?.status ?? 0;
      // Before anyone else is admitted: the log must only show this handshake.
      const decided = status === 101 ? { log: [] } : await decider(subject, gate, status, since);
      return { status, brings, since, ...decided, conversation: inside.conversation };
    };
    return inTurn(comes, {
      first: ada.tokens.id,
      admitted: () => keepToken(subject, ada.tokens.id, Date.now(), 'used'),
      renewed: () => Promise.all([1, 2].map(() => renew(subject, client, username, ada.tokens))),
      another: async () => (await ada.signIn()).id,
    });
  });
}

/** The tokens that she brings, each fetched when it is her turn to bring it. */
export interface Turns {
  readonly first: string;
  /** Called when her first token has been accepted. */
  admitted(): Promise<void>;
  renewed(): Promise<ReadonlyArray<Awaited<ReturnType<typeof renew>>>>;
  /** A new sign-in's. */
  another(): Promise<string>;
}

/** Connects her with one token after the other, until one is rejected. */
export async function inTurn(
  comes: (brings: Entry['brings'], token: string) => Promise<Entry>,
  turns: Turns,
): Promise<Entry> {
  const first = await comes('her ID token', turns.first);
  if (first.status !== 101) return first;
  await turns.admitted();
  let last = first;
  for (const renewed of await turns.renewed()) {
    if ('refused' in renewed) return { ...first, unrenewed: renewed.refused };
    last = await comes('a renewed ID token', renewed.id);
    if (last.status === 101) continue;
    const another = await comes('a new ID token', await turns.another());
    return another.status === 101 ? last : another;
  }
  return last;
}
