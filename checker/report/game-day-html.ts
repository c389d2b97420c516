import type { GameReport, ReportedComplaint } from '../gameday/report.ts';
import { escapeMarkup } from './escape.ts';
import { outcomeOf } from './game-day.ts';
import { htmlPage } from './html.ts';
import { timeOf } from './words.ts';

/** Returns the report of a game as one page that needs nothing else. */
export function renderGameHtml(report: GameReport): string {
  return htmlPage('Game day', [
    `<p>Seed ${report.seed}, ${report.minutes} minutes: ${report.score} of ${report.of} points.</p>`,
    '<h2>Complaints</h2>',
    ...report.complaints.flatMap(section),
    '<h2>Timeline</h2>',
    `<ol>${report.timeline.map(({ at, text }) => `<li>${timeOf(at)} ${escapeMarkup(text)}</li>`).join('')}</ol>`,
  ]);
}

function section(complaint: ReportedComplaint): string[] {
  const { file, line, cause, look, patch, solvedAt } = complaint;
  return [
    `<section class="check ${solvedAt === null ? 'failed' : 'passed'}">`,
    `<h3>${escapeMarkup(outcomeOf(complaint))}</h3>`,
    `<p>“${escapeMarkup(complaint.complaint)}”</p>`,
    '<dl>',
    `<dt>Cause</dt><dd>${escapeMarkup(cause)}</dd>`,
    ...(file === null ? [] : [`<dt>Line</dt><dd><code>${escapeMarkup(`${file}:${line}`)}</code></dd>`]),
    `<dt>Where to look</dt><dd>${escapeMarkup(look)}</dd>`,
    '</dl>',
    ...(patch.length === 0
      ? []
      : [`<details><summary>The repair</summary><pre>${patch.map(escapeMarkup).join('\n')}</pre></details>`]),
    '</section>',
  ];
}
