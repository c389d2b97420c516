import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { Path } from '../path/paths.ts';
import { titleOf } from '../path/steps.ts';
import { names, paths } from '../state/view.ts';
import { outcomeInWords } from './path-panel.ts';

/** The shortest time between two announcements, in milliseconds, so that a busy room doesn't flood a screen reader. */
const pause = 5000;

const said = signal('');
let [last, spokeAt] = ['', 0];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Announces occasionally how the newest path ended. */
export function announceNewest(): void {
  const newest = paths.value.findLast(({ outcome }) => outcome !== 'under way');
  if (newest === undefined || newest.trace === last) return;
  clearTimeout(timer);
  // The events that led to the end arrive with it, or right after.
  timer = setTimeout(() => announce(newest), Math.max(300, spokeAt + pause - Date.now()));
}

function announce(path: Path): void {
  [last, spokeAt] = [path.trace, Date.now()];
  said.value = `${titleOf(path, names.peek())}: ${outcomeInWords(path)}.`;
}

/** The text that a screen reader announces. */
export function Announcer(): VNode {
  return html`<p class="visually-hidden" role="status">${said.value}</p>`;
}
