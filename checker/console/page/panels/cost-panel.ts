import type { VNode } from 'preact';
import { assumptions, costOfMessage, type MessageCost, mostPeople } from '../../../scale/cost-of-message.ts';
import { quotas } from '../../../scale/quotas.ts';
import { html } from '../html.ts';
import { counted } from '../words.ts';
import { Card } from './pieces.ts';

const sizes = [1_000, 100_000, 1_000_000];

interface Line {
  readonly label: string;
  readonly value: (cost: MessageCost) => string;
  /** Whether it exceeds what the room can do. */
  readonly isTooMuch?: (cost: MessageCost) => boolean;
}

const timeout = quotas.timeoutSeconds.value;

const lines: readonly Line[] = [
  { label: 'API Gateway: 1 message in, 1 out to each', value: ({ dollars }) => money(dollars.messages) },
  { label: `Lambda, ${assumptions.gigabytes * 1024} MB`, value: ({ dollars }) => money(dollars.functions) },
  { label: 'DynamoDB: the whole table is read', value: ({ dollars }) => money(dollars.reads) },
  { label: 'Data sent to the internet', value: ({ dollars }) => money(dollars.transfer) },
  { label: 'Together', value: ({ dollars }) => money(dollars.total) },
  {
    label: `It takes, with ${quotas.lanes.value} posts at a time`,
    value: ({ seconds }) => (seconds < 10 ? `${seconds.toFixed(1)} s` : counted(Math.round(seconds), 's', 's')),
    isTooMuch: ({ seconds }) => seconds > timeout,
  },
  {
    label: `People reached in the function’s ${timeout} s`,
    value: ({ people, reached }) => (reached === people ? 'all' : reached.toLocaleString('en-US')),
    isTooMuch: ({ people, reached }) => reached < people,
  },
];

/** The cost of a message on AWS by the number of people in the room, from the module behind docs/scale.md. */
export function CostPanel(): VNode {
  const costs = sizes.map(costOfMessage);
  return html`<${Card} id="cost" title="What one message costs on AWS" more="list prices, us-east-1">
    <div class="table-scroll" tabindex="0" role="region" aria-label="Costs by people"><table class="costs">
      <thead><tr><th scope="col">People in the room</th>${sizes.map((people) => html`<th scope="col" class="number">${people.toLocaleString('en-US')}</th>`)}</tr></thead>
      <tbody>${lines.map(
        ({ label, value, isTooMuch }) =>
          html`<tr key=${label}><th scope="row">${label}</th>${costs.map((cost) => {
            const isBad = isTooMuch?.(cost) === true;
            return html`<td class=${isBad ? 'number bad' : 'number'}>${value(cost)}${isBad && html` <span aria-hidden="true">✗</span><span class="visually-hidden">too much</span>`}</td>`;
          })}</tr>`,
      )}</tbody>
    </table></div>
    <p class="quiet">Beyond ${mostPeople().toLocaleString('en-US')} people the function times out, and the last ones get nothing. This assumes ${assumptions.postSeconds * 1000} ms per post.</p>
  <//>`;
}

/** Two significant digits, however small the number is. */
function money(dollars: number): string {
  if (dollars >= 0.1) return `$${dollars.toFixed(2)}`;
  const digits = Math.min(9, 1 - Math.floor(Math.log10(dollars)));
  return `$${dollars.toFixed(digits)}`;
}
