import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { says } from '../../probe/frames.ts';
import { rowsIn } from '../../probe/rows.ts';
import { textsIn } from '../../probe/texts.ts';
import { untilQuiet } from '../../probe/until-quiet.ts';
import { visit } from '../../probe/visit.ts';
import { QUIET } from './ask-for-history.ts';
import { ATTEMPTS, PAUSE, setAside } from './set-aside.ts';
import type { Said } from './where-messages-are.ts';

/**
 * Returns the tables that the history is read from: without a message's rows there, the history lacks the message.
 * Returns all of these tables if there is no such one. A room can also store messages elsewhere, such as in the outbox
 * of a mail service, which nobody needs to restore. A function's permissions don't show which table it reads, since
 * functions can share a role.
 */
export async function readByHistory(
  subject: Subject,
  room: Room,
  conversations: readonly Said[],
  tables: readonly string[],
): Promise<readonly string[]> {
  const read: string[] = [];
  for (const table of tables) {
    for (const said of conversations) {
      if (read.includes(table) || !said.tables.includes(table)) continue;
      if (await isMissed(subject, room, said, table)) read.push(table);
    }
  }
  return read.length === 0 ? tables : read;
}

/** Returns whether the history lacks a message while a table doesn't have it. Afterward, the table has it again. */
async function isMissed(subject: Subject, room: Room, { ticket, texts }: Said, table: string): Promise<boolean> {
  const rows = (await rowsIn(subject, table)).map((row) => ({ row, having: textsIn(row).join('\n') }));
  const textsOf = ({ having }: (typeof rows)[number]) => texts.filter((text) => having.includes(text));
  // A row with several messages can have other people's, too.
  if (rows.some((row) => textsOf(row).length > 1)) return true;
  // The first one remains, so the history has an answer in any case.
  const [first = '', ...others] = texts;
  const own = rows.filter((row) => textsOf(row).some((text) => others.includes(text))).map(({ row }) => row);
  // Without a text in one piece, no row is known to be the checker's own, and nothing can be tried.
  if (own.length === 0) return true;
  return visit(subject, room.address, async ({ join }) => {
    const ada = await join('Ada', await ticket());
    const lacks = async (isExpected: (text: string) => boolean) => {
      const from = ada.heard.length;
      const hasCome = (text: string) => ada.heard.slice(from).some(says(text));
      ada.say({ action: 'history' });
      await ada.hears(() => texts.filter(isExpected).every(hasCome));
      await untilQuiet(subject, [ada], QUIET);
      return !texts.every(hasCome);
    };
    // Returns whether one of the answers is as wanted.
    const answers = async (isWanted: () => Promise<boolean>) => {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        if (await isWanted()) return true;
        await forAMoment(PAUSE[subject.target.kind], subject.signal);
      }
      return false;
    };
    if (!(await answers(async () => !(await lacks(() => true))))) return true;
    const restore = await setAside(subject, table, own);
    try {
      return await answers(() => lacks((text) => text === first));
    } finally {
      await restore();
    }
  });
}
