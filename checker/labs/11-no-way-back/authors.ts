import type { Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { says } from '../../probe/frames.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import type { Person } from '../../probe/person.ts';
import { type Row, rowsIn } from '../../probe/rows.ts';
import { ATTEMPTS, PAUSE, setAside } from './set-aside.ts';

/**
 * Returns those of these tables without which the history doesn't say who sent these messages. Meanwhile, the rows with
 * the speaker's name are away.
 */
export async function authorsOf(
  subject: Subject,
  { speaker, texts }: { readonly speaker: Person; readonly texts: readonly string[] },
  tables: readonly string[],
): Promise<string[]> {
  const { name } = speaker;
  // Undefined if no history comes: without a row of her own, the speaker may be in no channel.
  const isNamed = async () => {
    const from = speaker.heard.length;
    const isOf = (text: string) => speaker.heard.slice(from).find(says(text))?.fields.from === name;
    const hasCome = (text: string) => speaker.heard.slice(from).some(says(text));
    speaker.say({ action: 'history' });
    await speaker.hears(() => texts.every(hasCome));
    return texts.every(hasCome) ? texts.every(isOf) : undefined;
  };
  const authors: string[] = [];
  if (!(await isNamed())) return authors;
  for (const table of tables) {
    const own = (await rowsIn(subject, table)).filter((row) => hasName(row, name));
    if (own.length === 0) continue;
    const restore = await setAside(subject, table, own);
    try {
      let named: boolean | undefined = true;
      for (let attempt = 1; attempt <= ATTEMPTS && named === true; attempt += 1) {
        if (attempt > 1) await forAMoment(PAUSE[subject.target.kind], subject.signal);
        named = await isNamed();
      }
      if (named === false) authors.push(table);
    } finally {
      await restore();
    }
    await untilIndexed(subject, [name]);
  }
  return authors;
}

/** Whether a row has the name in an attribute of its own. In a list, there can be other people's, too. */
function hasName(row: Row, name: string): boolean {
  return Object.values(row).some(({ S }) => S?.includes(name));
}
