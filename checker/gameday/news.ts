import { isClosed } from './complaints.ts';
import { type Game, keptOpenBy } from './game.ts';
import { points } from './score.ts';
import { titleOf } from './title-of.ts';

/** Something that changed. */
export interface News {
  /** A sentence, or the beginning of one that ends with somebody's words. */
  readonly text: string;
  readonly said?: string;
}

/** Returns news as one line. */
export function inOneLine({ text, said }: News): string {
  return said === undefined ? text : `${text}: “${said}”`;
}

/** Returns the changes from one state of a game to the next. */
export function newsSince(before: Game, now: Game): News[] {
  const news: News[] = [];
  const tell = (text: string) => void news.push({ text });
  if (breaks(now) > breaks(before)) tell(`That broke something that worked (-${points.break}).`);
  for (const [index, complaint] of now.complaints.entries()) {
    const { number, grievance, openedAt, isOurs } = complaint;
    const past = before.complaints[index];
    const [wasClosed, closed] = [past !== undefined && isClosed(past), isClosed(complaint)];
    if (closed && !wasClosed) {
      if (openedAt === undefined)
        tell(`Something is repaired that nobody has complained about yet (+${complaint.points}).`);
      else if (isOurs) tell(`Complaint ${number} is solved (+${complaint.points}).`);
      else tell(`Complaint ${number} is closed: not the room's fault (+${complaint.points}).`);
    }
    if (wasClosed && !closed && openedAt !== undefined) tell(`Complaint ${number} is open again.`);
    if (openedAt !== undefined && past?.openedAt === undefined)
      news.push({ text: `Complaint ${number}, from ${grievance.from}`, said: grievance.complaint });
  }
  if (keptOpenBy(now).length > 0 && keptOpenBy(before).length === 0)
    tell(
      `Every complaint is solved, but these checks, which passed before, still fail: ${now.broken.map(titleOf).join('; ')}.`,
    );
  for (const { complaint } of now.wrongAnswers.slice(before.wrongAnswers.length))
    tell(`Complaint ${complaint} is the room's fault: “not ours” was wrong (-${points.wrongAnswer}).`);
  return news;
}

function breaks({ deployments }: Game): number {
  return deployments.filter(({ broke }) => broke.length > 0).length;
}
