import { exitCode, LabError } from '../../failures/errors.ts';
import { addToRecord, readRecord } from '../../gameday/record.ts';
import { reportOf } from '../../gameday/report.ts';
import { theGame } from '../../gameday/the-game.ts';
import { renderGameReport } from '../../report/game-day.ts';
import { writeOutput } from '../output-file.ts';
import type { Program } from '../program.ts';

export interface ReportOptions {
  readonly json?: boolean;
  readonly html?: string;
}

/** `lab gameday end`: ends the running game, and prints its report. */
export async function gamedayEnd(program: Program): Promise<number> {
  const { root } = program;
  const game = await theGame(root);
  if (game.ended === undefined)
    await addToRecord(root, { kind: 'ended', why: whyEnded(game.endsAt) }, endOf(game.endsAt));
  return printReport(program);
}

/** `lab gameday report [--json] [--html FILE]`: the report of a game that is over. It has the causes, so not before. */
export async function gamedayReport(program: Program, options: ReportOptions): Promise<number> {
  const { root } = program;
  const game = await theGame(root);
  if (game.ended === undefined) {
    if (whyEnded(game.endsAt) === 'ended early') {
      throw new LabError(
        "The game day isn't over, and its report would reveal the causes.",
        '`npx lab gameday end` ends it.',
      );
    }
    await addToRecord(root, { kind: 'ended', why: 'time is over' }, endOf(game.endsAt));
  }
  return printReport(program, options);
}

/** Prints the report of a finished game. Returns 1 if something is unsolved or broken. */
export async function printReport({ root, print }: Program, { json, html }: ReportOptions = {}): Promise<number> {
  const report = await reportOf(root, await readRecord(root));
  if (html !== undefined) {
    const { renderGameHtml } = await import('../../report/game-day-html.ts');
    await writeOutput(html, renderGameHtml(report));
  }
  if (json === true) print(JSON.stringify(report, undefined, 2));
  else {
    for (const line of renderGameReport(report, process.stdout.columns || 80)) print(line);
    print('');
    print('`npx lab gameday` starts another one; `npx lab destroy gameday` deletes the room from the account.');
  }
  const isAllSolved = report.complaints.every(({ solvedAt }) => solvedAt !== null) && report.broken.length === 0;
  return isAllSolved ? exitCode.fixed : exitCode.notFixed;
}

/** If the time ran out while nothing was running, the game ended at that time. */
function whyEnded(endsAt: number | undefined): 'time is over' | 'ended early' {
  return endsAt !== undefined && Date.now() >= endsAt ? 'time is over' : 'ended early';
}

function endOf(endsAt: number | undefined): Date {
  return new Date(Math.min(Date.now(), endsAt ?? Date.now()));
}
