import type { GameReport, ReportedComplaint } from '../gameday/report.ts';
import { spoken } from '../workshop/spoken.ts';
import { escapeMarkup } from './escape.ts';
import { outcomeOf } from './game-day.ts';
import { htmlPage } from './html.ts';
import { timeOf } from './words.ts';

/** Returns the report of a game as one self-contained page. */
export function renderGameHtml(report: GameReport): string {
  const { seed, minutes, score, of, complaints, broken, timeline } = report;
  return htmlPage('Game day', [
    '<section class="lab">',
    '<div>',
    `<h2>${score} of ${of} points</h2>`,
    `<p class="quiet">seed ${seed}, ${minutes} minutes</p>`,
    '</div>',
    ...complaints.flatMap(section),
    ...broken.map(
      (title) => `<section class="check failed"><h3>Still broken at the end: ${escapeMarkup(title)}</h3></section>`,
    ),
    '<h3>Timeline</h3>',
    `<ol>${timeline.map(({ at, text }) => `<li>${timeOf(at)} ${escapeMarkup(text)}</li>`).join('')}</ol>`,
    '</section>',
  ]);
}

function section(complaint: ReportedComplaint): string[] {
  const { file, line, cause, look, patch, solvedAt } = complaint;
  return [
    `<section class="check ${solvedAt === null ? 'failed' : 'passed'}">`,
    `<h3>${escapeMarkup(outcomeOf(complaint))}</h3>`,
    `<p>${escapeMarkup(spoken(complaint.complaint))}</p>`,
    '<dl>',
    `<dt>cause</dt><dd>${inWords(cause)}</dd>`,
    ...(file === null
      ? []
      : [`<dt>line</dt><dd><code>${escapeMarkup(`${file}:${line}`)}</code> when the game began</dd>`]),
    `<dt>look</dt><dd>${inWords(look)}</dd>`,
    '</dl>',
    ...(patch.length === 0
      ? []
      : [
          `<details><summary>The repair</summary><pre tabindex="0">${patch.map(escapeMarkup).join('\n')}</pre></details>`,
        ]),
    '</section>',
  ];
}

/** Returns one of our sentences as HTML, with code for backticks. */
function inWords(text: string): string {
  return escapeMarkup(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
