import type { VNode } from 'preact';
import type { EditorPlace } from '../../editor-place.ts';
import { html } from '../html.ts';

interface PlaceProps {
  readonly said: string;
  readonly place: EditorPlace & { readonly lines?: ReadonlyArray<{ readonly number: number; readonly text: string }> };
}

/** A line of a file that opens in the editor. */
export function PlaceInFile({ said, place }: PlaceProps): VNode {
  const { file, line, editor, lines = [] } = place;
  return html`<div class="place">
    <p>${said} <a href=${editor} class="code-link" title="Opens in the editor"><code>${file}:${line}</code></a></p>
    ${
      lines.length > 0 &&
      html`<pre tabindex="0" role="group" aria-label=${`${file}, lines ${lines[0]?.number} to ${lines.at(-1)?.number}`}>${lines.map(
        (each) =>
          html`<span class=${each.number === line ? 'line meant' : 'line'}><span class="number">${each.number}</span>${each.text}\n</span>`,
      )}</pre>`
    }
  </div>`;
}
