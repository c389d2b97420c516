import type { Evidence, Room } from '../../checking/check.ts';
import type { Said } from './ask-for-history.ts';
import type { Newcomer, Remembered } from './remember.ts';
import type { WrongHistory } from './wrong-history.ts';

/** How many lines show the end of the conversation. */
const LINES = 60;

/** How many missing messages are marked. If more are missing, the request says enough. */
const FEW = 3;

/** Whether a line of the conversation decides the judgment. */
export type Decides = (line: string, index: number) => boolean;

/** Returns the end of the conversation, and the lines before it that decided the judgment. */
export function conversationOf({ address }: Room, conversation: readonly string[], decides: Decides): Evidence {
  const shown = conversation
    .map((line, index) => ({ line, isLast: index >= conversation.length - LINES, isMarked: decides(line, index) }))
    .filter(({ isLast, isMarked }) => isLast || isMarked);
  return {
    source: 'conversation',
    about: address,
    lines: shown.map(({ line }) => line),
    marked: shown.flatMap(({ isMarked }, index) => (isMarked ? index : [])),
  };
}

/** Decides for somebody who didn't get their own message back: the error they got instead, or what they had sent. */
export function decidesUnheard({ who, told }: NonNullable<Remembered['unheard']>, lines: readonly string[]): Decides {
  const last = lines.findLastIndex((line) =>
    told === undefined ? line.includes(`  ${who} → `) : line.endsWith(`  ${who} ← ${told}`),
  );
  return (_, index) => index === last;
}

/**
 * Decides for a history that is wrong: the request, the frames that shouldn't be in the answer, and the missing ones.
 */
export function decidesWrong(
  { who, wanted, told }: Newcomer,
  { frames = [], by = who, missing = [], isClaim }: WrongHistory,
  lines: readonly string[],
): Decides {
  const isRequest = (line: string) => line.includes(`  ${who} → {"action":"history"${isClaim ? ',' : '}'}`);
  // The same person can ask again later, once the channel isn't empty anymore.
  const asked = wanted.length === 0 ? lines.findIndex(isRequest) : lines.findLastIndex(isRequest);
  const sent = (missing.length > FEW ? [] : missing).map((message) => lines.findIndex(delivers([message])));
  const isWrong = delivers(frames, by);
  return (line, index) =>
    index === asked ||
    sent.includes(index) ||
    (index > asked && ((told !== undefined && line.endsWith(`  ${who} ← ${told}`)) || isWrong(line)));
}

/** Returns whether a line shows that somebody got one of these messages. */
function delivers(messages: readonly Said[], by = ''): (line: string) => boolean {
  const those = messages.map((message) => JSON.stringify(message));
  return (line) => {
    const [, who = '', frame = ''] = /^\+\d+ ms {2}(\w+) ← (.*)$/s.exec(line) ?? [];
    if (those.length === 0 || (by !== '' && who !== by)) return false;
    try {
      return those.includes(JSON.stringify(JSON.parse(frame)));
    } catch {
      return false;
    }
  };
}
