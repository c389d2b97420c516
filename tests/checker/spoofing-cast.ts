import type { Attempt } from '../../checker/labs/05-spoofed-sender/attempt.ts';
import { sourceWords } from '../../checker/probe/source-words.ts';

/** Who speaks and who is claimed to, and a handler that reads fields at several depths. */
export const source = sourceWords([
  `const name = message.absender ?? message['x-nick'] ?? message.client?.profile.settings?.nickname ?? message.text;
  const isTrusted = message.app === 'desktop' || message.version > 2;`,
]);
export const cast = {
  own: 'ada.quail',
  facts: ['M1xB2dPGwIdDJix='],
  other: 'grace.moss',
  row: ['L0SM9cOFvHcCIhw='],
  source,
};

/** Returns what a message claims. */
export function fieldsOf({ frame }: Attempt): Record<string, unknown> {
  const { action: _, text: __, ...claimed } = JSON.parse(frame) as Record<string, unknown>;
  return claimed;
}
