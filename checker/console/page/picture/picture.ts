import type { VNode } from 'preact';
import type { DeployedRoom } from '../../deployed-room.ts';
import { html } from '../html.ts';
import { denialInWords } from '../path/decision-words.ts';
import type { GateAnswer } from '../path/gates.ts';
import { denialOf } from '../path/paths.ts';
import { isUnavailable } from '../state/documents.ts';
import { counted, fitted, short } from '../words.ts';
import type { FunctionActivity, Traffic } from './activity.ts';
import { mostRows } from './boxes.ts';
import type { Box, Placed, Point } from './geometry.ts';
import type { Layout } from './layout.ts';
import type { Lit } from './lit.ts';
import { Ring } from './ring.ts';
import { functionInWords, routeInWords, stageInWords } from './sayings.ts';
import { frameWire, type Wire } from './wires.ts';

interface PictureProps {
  readonly room: DeployedRoom;
  readonly layout: Layout;
  readonly lit: Lit;
  /** IAM's latest answer at each ring, in any path. */
  readonly answers: ReadonlyMap<string, GateAnswer>;
  readonly activity: ReadonlyMap<string, FunctionActivity>;
  readonly traffic: ReadonlyMap<string, Traffic>;
  readonly names: (connectionId: string) => string;
  readonly onGate: (answer: GateAnswer) => void;
}

/** The deployed room, with what a message has touched. */
export function Picture(props: PictureProps): VNode {
  const { layout, lit, room, answers, onGate } = props;
  const isAws = room.account.kind === 'aws';
  const { width, height } = layout;
  return html`<svg class="picture" viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height} role="group" aria-label="The deployed room">
    <defs>${['idle', 'on', 'off'].map((tone) => html`<${Arrow} tone=${tone} />`)}</defs>
    ${layout.gateway && html`<${GatewayBox} ...${props} box=${layout.gateway} />`}
    ${layout.wires.map((wire) => html`<${Line} key=${wire.key} wire=${wire} tone=${toneOf(wire, props)} />`)}
    <${Frame} ...${props} />
    ${layout.wires.some(({ kind }) => kind === 'post') && html`<text class="small" x="545" y="24" text-anchor="middle">POST @connections: what everyone gets</text>`}
    ${layout.people.map((person) => html`<${Person} key=${person.key} ...${props} person=${person} />`)}
    ${layout.crowd && html`<${Note} box=${layout.crowd} title=${`and ${layout.crowd.of} more`} text="" />`}
    ${layout.nobody && html`<${Note} box=${layout.nobody} title=${isUnavailable(room.sockets) ? 'People' : 'Nobody is here'} text=${layout.nobody.of} />`}
    ${layout.pools.map((pool) => html`<${Plain} key=${pool.key} box=${pool} title=${`User pool ${pool.of.label}`} text=${counted(pool.of.users.length, 'user')} />`)}
    ${layout.functions.map((placed) => html`<${Lambda} key=${placed.key} ...${props} placed=${placed} />`)}
    ${layout.tables.map((table) => html`<${TableBox} key=${table.key} ...${props} table=${table} />`)}
    ${layout.services.map((service) => html`<${Plain} key=${service.key} box=${service} title=${service.of} text="an AWS service" tone=${boxTone(service.key, lit)} />`)}
    ${layout.gates.map((gate) => html`<${Ring} key=${gate.key} gate=${gate} now=${lit.gates.get(gate.key)} before=${answers.get(gate.key)} isAws=${isAws} onGate=${onGate} />`)}
    <${Refusal} ...${props} />
    <${Ball} layout=${layout} lit=${lit} />
  </svg>`;
}

type Tone = 'idle' | 'on' | 'off';

function Arrow({ tone }: { readonly tone: Tone }): VNode {
  return html`<marker id=${`arrow-${tone}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth=${tone === 'idle' ? 8 : 6} markerHeight=${tone === 'idle' ? 8 : 6} orient="auto">
    <path class=${`arrow ${tone}`} d="M0 0 8 4 0 8z" /></marker>`;
}

function toneOf({ key, kind, gate }: Wire, { lit }: Pick<PictureProps, 'lit'>): Tone {
  const answer = gate === undefined ? undefined : lit.gates.get(gate);
  if (answer !== undefined) return answer.isAllowed ? 'on' : 'off';
  // Listeners: what they get arrives over the same socket.
  return kind === 'socket' && lit.boxes.has(key) && key !== lit.from?.[0] ? 'on' : 'idle';
}

function pathData(points: readonly Point[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

function Line({ wire, tone }: { readonly wire: Wire; readonly tone: Tone }): VNode {
  return html`<path class=${`wire ${wire.kind} ${tone}`} data-wire=${wire.key} marker-end=${`url(#arrow-${tone})`} d=${pathData(wire.points)} />`;
}

function Frame({ layout, lit }: PictureProps): VNode | null {
  const points = lit.from && frameWire(layout, ...lit.from);
  if (points === undefined) return null;
  const isOff = lit.hurt.has(lit.from?.[1] ?? '');
  return html`<path class=${`wire frame ${isOff ? 'off' : 'on'}`} marker-end=${`url(#arrow-${isOff ? 'off' : 'on'})`} d=${pathData(points)} />`;
}

function boxTone(key: string, { boxes, hurt }: Lit): string {
  if (hurt.has(key)) return 'hurt';
  return boxes.has(key) ? 'hot' : '';
}

function Rectangle({
  box,
  tone = '',
  radius = 11,
}: {
  readonly box: Box;
  readonly tone?: string;
  readonly radius?: number;
}): VNode {
  const { x, y, width, height } = box;
  return html`<rect class=${`box ${tone}`} x=${x} y=${y} width=${width} height=${height} rx=${radius} />`;
}

function Two({
  box,
  title,
  text,
  isCode = false,
  indent = 14,
}: {
  readonly box: Box;
  readonly title: string;
  readonly text: string;
  readonly isCode?: boolean;
  readonly indent?: number;
}): VNode {
  const room = box.width - indent - 8;
  return html`<text class=${isCode ? 'mono' : 'title'} x=${box.x + indent} y=${box.y + (text === '' ? 29 : 21)}>${fitted(title, Math.floor(room / (isCode ? 7.6 : 8.5)))}</text>
    ${text !== '' && html`<text class="small" x=${box.x + indent} y=${box.y + 38}>${fitted(text, Math.floor(room / 6.4))}</text>`}`;
}

function Plain({
  box,
  title,
  text,
  tone = '',
}: {
  readonly box: Box;
  readonly title: string;
  readonly text: string;
  readonly tone?: string;
}): VNode {
  return html`<g><title>${title}</title><${Rectangle} box=${box} tone=${tone} /><${Two} box=${box} title=${title} text=${text} /></g>`;
}

function Note({ box, title, text }: { readonly box: Box; readonly title: string; readonly text: string }): VNode {
  return html`<${Plain} box=${box} title=${title} text=${text} tone="absent" />`;
}

function Person({ person, lit, names }: PictureProps & { readonly person: Layout['people'][number] }): VNode {
  const { connectionId, isGuest } = person.of;
  const name = names(connectionId);
  const [x, y] = [person.x + 26, person.y + person.height / 2];
  return html`<g data-person=${name}><title>${`${name}, connection ${connectionId}`}</title>
    <${Rectangle} box=${person} tone=${`${isGuest === true ? 'absent' : ''} ${boxTone(person.key, lit)}`} radius=${13} />
    <circle class=${`face face-${hueOf(name)}`} cx=${x} cy=${y} r="14" /><text class="letter" x=${x} y=${y + 5} text-anchor="middle">${[...name][0]?.toUpperCase()}</text>
    <${Two} box=${person} title=${name} text=${isGuest === true ? 'no socket' : short(connectionId, 9)} indent=${50} /></g>`;
}

/** The same name always has the same color. */
function hueOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997, 7) % 5;
}

function GatewayBox(props: PictureProps & { readonly box: Box }): VNode {
  const { box, layout, room, lit, traffic } = props;
  const middle = box.x + box.width / 2;
  return html`<g><${Rectangle} box=${box} radius=${16} />
    <text class="title" x=${middle} y=${box.y + 25} text-anchor="middle">API Gateway</text>
    <text class="small" x=${middle} y=${box.y + 43} text-anchor="middle">${fitted(stageInWords(room), 36)}</text>
    ${layout.authorizers.map(
      (
        placed,
      ) => html`<g key=${placed.key}><title>${`Authorizer ${placed.of.name}`}</title><${Rectangle} box=${placed} tone=${`soft ${boxTone(placed.key, lit)}`} radius=${9} />
      <${Two} box=${placed} title="Authorizer" text=${`reads ${placed.of.identitySource.map((source) => source.split('.').at(-1)).join(', ') || 'nothing'}`} indent=${12} /></g>`,
    )}
    ${layout.routes.map(
      (placed) => html`<g key=${placed.key} data-route=${placed.of.key}><title>${`Route ${placed.of.key}`}</title>
      <${Rectangle} box=${placed} tone=${`soft ${placed.of.isLive ? '' : 'absent'} ${boxTone(placed.key, lit)}`} radius=${9} />
      <${Two} box=${placed} title=${placed.of.key} text=${routeInWords(placed.of, traffic.get(placed.of.key))} isCode=${true} indent=${12} /></g>`,
    )}
  </g>`;
}

function Lambda({ placed, lit, activity }: PictureProps & { readonly placed: Layout['functions'][number] }): VNode {
  const { name, label, isMissing } = placed.of;
  const own = activity.get(name);
  const tone = boxTone(placed.key, lit) || (own?.isFailing === true ? 'sore' : '');
  return html`<g data-function=${label} data-state=${own?.state}><title>${`Function ${name}`}</title>
    <${Rectangle} box=${placed} tone=${`${tone} ${isMissing === true ? 'absent' : ''}`} />
    <circle class=${`lamp ${own?.state ?? 'unknown'}`} cx=${placed.x + placed.width - 16} cy=${placed.y + 17} r="5" />
    <${Two} box=${placed} title=${fitted(label, 19)} text=${functionInWords(placed.of, own)} /></g>`;
}

function TableBox({
  table,
  lit,
  names,
}: PictureProps & { readonly table: Placed<DeployedRoom['tables'][number]> }): VNode {
  const { label, rows, hasMore } = table.of;
  const shown = rows.slice(0, mostRows);
  const middle = table.x + table.width / 2;
  return html`<g data-table=${label}><title>${`Table ${table.of.name}`}</title><${Rectangle} box=${table} tone=${boxTone(table.key, lit)} radius=${14} />
    <text class="title" x=${middle} y=${table.y + 23} text-anchor="middle">${fitted(label, 22)}</text>
    <text class="small" x=${middle} y=${table.y + 39} text-anchor="middle">DynamoDB · ${hasMore ? `${rows.length}+ rows` : counted(rows.length, 'row')}</text>
    ${shown.map((row, index) => {
      const box = { x: table.x + 12, y: table.y + 48 + index * 28, width: table.width - 24, height: 23 };
      const isStale = row.hasSocket === false;
      const id = row.connectionId ?? Object.values(row.values)[0] ?? '';
      const name = row.connectionId === undefined ? '' : (row.values.name ?? names(row.connectionId));
      return html`<g key=${id}><title>${isStale ? `${name}: no socket` : name}</title><${Rectangle} box=${box} tone=${isStale ? 'soft stale' : 'soft'} radius=${6} />
        <text class="mono tiny" x=${box.x + 8} y=${box.y + 15}>${fitted(`${short(id)} ${name === short(id) ? '' : name}`, 20)}</text></g>`;
    })}
    ${rows.length === 0 && html`<text class="small" x=${middle} y=${table.y + 64} text-anchor="middle">empty</text>`}
    ${rows.length > mostRows && html`<text class="small" x=${middle} y=${table.y + 64 + mostRows * 28} text-anchor="middle">and ${rows.length - mostRows} more</text>`}
</g>`;
}

function Refusal({ lit, layout }: PictureProps): VNode | null {
  const refused = [...lit.gates.values()].find(({ isAllowed }) => !isAllowed);
  if (refused === undefined) return null;
  const denial = denialOf(refused.sent.event);
  return html`<g class="refusal"><text x=${layout.width - 8} y="22" text-anchor="end">${fitted(refused.action, 34)}</text>
    <text class="small" x=${layout.width - 8} y="40" text-anchor="end">${denial === undefined ? 'there is nothing to invoke' : fitted(denialInWords(denial), 38)}</text></g>`;
}

function Ball({ layout, lit }: Pick<PictureProps, 'layout' | 'lit'>): VNode | null {
  const place = lit.places.map((key) => layout.places.get(key)).find((point) => point !== undefined);
  if (place === undefined) return null;
  return html`<circle class=${`ball ${lit.isBad ? 'bad' : ''}`} r="7" cx=${place[0]} cy=${place[1]} />`;
}
