import type { VNode } from 'preact';
import { type Children, html } from '../html.ts';
import type { Piece } from '../words.ts';

/** Words, with code as code. */
export function Pieces({ of }: { readonly of: readonly Piece[] }): VNode {
  return html`${of.map((piece) => (typeof piece === 'string' ? piece : html`<code>${piece.code}</code>`))}`;
}

interface CardProps {
  readonly id: string;
  readonly title: string;
  readonly more?: Children;
  readonly tone?: string;
  readonly children?: Children;
}

/** A part of the page, with its heading. */
export function Card({ id, title, more, tone = '', children }: CardProps): VNode {
  return html`<section class=${`card ${tone}`} id=${id} aria-labelledby=${`${id}-title`}>
    <h2 id=${`${id}-title`}>${title} ${more && html`<small>${more}</small>`}</h2>
    ${children}
  </section>`;
}

/** A sentence from the checker, with backticked parts as code. */
export function Prose({ text }: { readonly text: string }): VNode {
  return html`${text.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}

/** A note that says why something is unavailable. */
export function Missing({ why }: { readonly why: string }): VNode {
  return html`<p class="missing">${why}</p>`;
}
