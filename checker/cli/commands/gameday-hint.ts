import { exitCode } from '../../failures/errors.ts';
import { addToRecord } from '../../gameday/record.ts';
import { repairOf } from '../../gameday/repairs.ts';
import { points } from '../../gameday/score.ts';
import { complaintOf, theRunningGame } from '../../gameday/the-game.ts';
import { paintPatch } from '../../report/patch.ts';
import { wrapping } from '../../report/wrap.ts';
import type { Program } from '../program.ts';

/**
 * `lab gameday hint [complaint]`: prints the next hint: where to look, then what is wrong, then the repair. Each new one
 * costs points; reading the last one again is free.
 */
export async function gamedayHint(program: Program, complaint: number | undefined): Promise<number> {
  const { root } = program;
  const print = wrapping(program.print, process.stdout);
  const game = await theRunningGame(root);
  const { number, about, isOurs, hints, grievance, closedAt } = complaintOf(game, complaint);
  if (closedAt !== undefined) {
    print(`Complaint ${number} is solved.`);
    return exitCode.fixed;
  }
  const planted = game.complaints.filter((each) => each.isOurs).map((each) => each.about);
  const ladder: ReadonlyArray<() => Promise<readonly string[]>> = [
    async () => [grievance.look],
    async () => [grievance.cause],
    ...(isOurs ? [async () => paintPatch((await repairOf(root, about, planted)).patch, process.stdout.columns)] : []),
  ];
  const isNew = hints < ladder.length;
  const given = Math.min(hints, ladder.length - 1);
  const lines = (await ladder[given]?.()) ?? [];
  // Recorded first: reading it again is free, so a hint that was paid for is never lost.
  if (isNew) await addToRecord(root, { kind: 'hinted', complaint: number });
  print(`Complaint ${number}, hint ${given + 1}${isNew ? ` (-${points.hint})` : ''}`);
  for (const line of lines) print(line);
  return exitCode.fixed;
}
