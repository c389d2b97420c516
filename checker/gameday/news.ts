import { isClosed } from './complaints.ts';
import type { Game } from './game.ts';
import { points } from './score.ts';

/** Returns what became different from one state of a game to the next, a sentence each. */
export function newsSince(before: Game, now: Game): string[] {
  const news: string[] = [];
  if (breaks(now) > breaks(before)) news.push(`That broke something that worked (-${points.break}).`);
  for (const [index, complaint] of now.complaints.entries()) {
    const { number, grievance, openedAt, isOurs } = complaint;
    const past = before.complaints[index];
    if (openedAt !== undefined && past?.openedAt === undefined) {
      news.push(`Complaint ${number}, from ${grievance.from}: “${grievance.complaint}”`);
    }
    const [wasClosed, closed] = [past !== undefined && isClosed(past), isClosed(complaint)];
    if (closed && !wasClosed) {
      if (openedAt === undefined)
        news.push(`Something is repaired that nobody has complained about yet (+${complaint.points}).`);
      else if (isOurs) news.push(`Complaint ${number} is solved (+${complaint.points}).`);
      else news.push(`Complaint ${number} is closed: not the room's fault (+${complaint.points}).`);
    }
    if (wasClosed && !closed && openedAt !== undefined) news.push(`Complaint ${number} is open again.`);
  }
  for (const { complaint } of now.wrongAnswers.slice(before.wrongAnswers.length)) {
    news.push(`Complaint ${complaint} is the room's fault: “not ours” was wrong (-${points.wrongAnswer}).`);
  }
  return news;
}

function breaks({ deployments }: Game): number {
  return deployments.filter(({ broke }) => broke.length > 0).length;
}
