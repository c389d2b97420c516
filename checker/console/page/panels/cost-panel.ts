import type { VNode } from 'preact';
import { html } from '../html.ts';
import { documents, isUnavailable } from '../state/documents.ts';
import { Card, Missing } from './pieces.ts';

/** What a message costs by the number of people in the room. */
export function CostPanel(): VNode | null {
  const cost = documents.cost.value;
  if (cost === undefined) return null;
  if (isUnavailable(cost)) return html`<${Card} id="cost" title="What one message costs on AWS"><${Missing} why=${cost.unavailable} /><//>`;
  const { people, lines, source, remark } = cost;
  return html`<${Card} id="cost" title="What one message costs on AWS" more=${source}>
    <div class="table-scroll"><table><thead><tr><th scope="col">people in the room</th>${people.map((count) => html`<th scope="col" class="number">${count.toLocaleString('en-US')}</th>`)}</tr></thead>
      <tbody>${lines.map(({ label, values, tooMuch = [] }) => html`<tr key=${label}><th scope="row">${label}</th>${values.map((value, index) => html`<td class=${`number ${tooMuch[index] === true ? 'bad' : ''}`}>${value}${tooMuch[index] === true && html`<span aria-hidden="true"> ✗</span><span class="visually-hidden"> (too much)</span>`}</td>`)}</tr>`)}</tbody></table></div>
    ${remark !== undefined && html`<p class="quiet">${remark}</p>`}
  <//>`;
}
