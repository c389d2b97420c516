import { html as template } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';

/** Templates as elements. Values are always text, never markup. */
export const html = template as (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

/** The possible contents of an element. */
export type Children = ComponentChildren;
