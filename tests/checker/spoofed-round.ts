import type { Round } from '../../checker/labs/05-spoofed-sender/rounds.ts';
import { senderIsGenuine } from '../../checker/labs/05-spoofed-sender/sender-is-genuine.ts';

export const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
export const name = 'ada.quail';
export const other = 'grace.moss';

/** A message with these claims, and the name that everybody saw. */
export function round(kind: Round['kind'], claims: Readonly<Record<string, unknown>>, from: unknown = name): Round {
  const text = `Tea at ${kind}?`;
  const heard = ['Ada', 'Grace'].map((who) => ({ who, fields: { type: 'message', from, text } }));
  const frame = JSON.stringify({ action: 'sendmessage', text, ...claims });
  return { kind, text, frame, speaker: 'Ada', name, others: [other], present: ['Ada', 'Grace'], heard };
}

export const judged = (...rounds: Round[]) => senderIsGenuine.judge({ room, rounds, conversation: [] });
