import { html as template } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';

/** Templates as elements. Whatever is put into one is text, never markup. */
export const html = template as (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

/** What can stand inside of an element. */
export type Children = ComponentChildren;
