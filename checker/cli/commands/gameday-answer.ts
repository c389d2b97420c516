import { exitCode, UsageError } from '../../failures/errors.ts';
import { gameOf } from '../../gameday/game.ts';
import { inOneLine, newsSince } from '../../gameday/news.ts';
import { addToRecord, readRecord } from '../../gameday/record.ts';
import { complaintOf, theRunningGame } from '../../gameday/the-game.ts';
import type { Program } from '../program.ts';

/**
 * `lab gameday answer <complaint> --not-ours`: tells the person that the room doesn't cause this. Ends with 1 if it does,
 * which costs points.
 */
export async function gamedayAnswer(
  { root, print }: Program,
  complaint: number,
  { notOurs = false }: { readonly notOurs?: boolean },
): Promise<number> {
  if (!notOurs) {
    throw new UsageError(
      'What is your answer? Only --not-ours can be given.',
      'If the room causes it, repair it: the game notices.',
    );
  }
  const before = await theRunningGame(root);
  const { number, closedAt, isOurs } = complaintOf(before, complaint);
  if (closedAt !== undefined) {
    print(`Complaint ${number} is already solved.`);
    return exitCode.fixed;
  }
  await addToRecord(root, { kind: 'answered', complaint: number, notOurs: true });
  const after = gameOf(await readRecord(root));
  for (const news of after === undefined ? [] : newsSince(before, after)) print(inOneLine(news));
  return isOurs ? exitCode.notFixed : exitCode.fixed;
}
