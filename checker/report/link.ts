import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isSet } from './is-set.ts';

/** Makes a text a link that a terminal opens: to a web address, or to a file of the workshop, perhaps at a line. */
export type Link = (text: string, to: string | { readonly file: string; readonly line?: number }) => string;

type Variables = Readonly<Record<string, string | undefined>>;

/** For readers that open no links: the text and nothing else. */
export const noLinks: Link = (text) => text;

/**
 * The links for a reader. Only a terminal that is known to understand OSC 8 gets them: no pipe, no continuous
 * integration, and nobody who asked for plain text (NO_COLOR, TERM=dumb, ACCESSIBLE). FORCE_HYPERLINK decides, where it is set.
 * https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
 */
export function linksFor(root: string, isTerminal: boolean, variables: Variables): Link {
  if (!understands(isTerminal, variables)) return noLinks;
  // These open a file at the line that the fragment names; others do not know what it is.
  const takesLines = ['vscode', 'iTerm.app'].includes(variables.TERM_PROGRAM ?? '') || isKitty(variables);
  return (text, to) => {
    if (text === '') return text;
    const url = typeof to === 'string' ? new URL(to) : pathToFileURL(join(root, to.file));
    // A terminal that shows another machine must not open a file of its own.
    if (url.protocol === 'file:' && process.platform !== 'win32') url.hostname = hostname();
    if (typeof to !== 'string' && to.line !== undefined && takesLines) url.hash = String(to.line);
    return `\u001b]8;;${url.href}\u001b\\${text}\u001b]8;;\u001b\\`;
  };
}

function understands(isTerminal: boolean, variables: Variables): boolean {
  const { FORCE_HYPERLINK, NO_COLOR, CI, TERM, ACCESSIBLE, TERM_PROGRAM, VTE_VERSION, WT_SESSION, KONSOLE_VERSION } =
    variables;
  if (FORCE_HYPERLINK !== undefined) return isSet(FORCE_HYPERLINK);
  if (!isTerminal || isSet(CI) || (NO_COLOR ?? '') !== '' || TERM === 'dumb' || isSet(ACCESSIBLE)) return false;
  // GNOME's terminal and its relatives; 0.50.0 crashes on links.
  if (VTE_VERSION !== undefined) return Number(VTE_VERSION) > 5000;
  // tmux and screen hand them on only where they are told to.
  if (/^(tmux|screen)/.test(TERM ?? '')) return false;
  return (
    isSet(WT_SESSION) ||
    isSet(KONSOLE_VERSION) ||
    isKitty(variables) ||
    /^(alacritty|xterm-ghostty|foot)/.test(TERM ?? '') ||
    ['vscode', 'iTerm.app', 'WezTerm', 'ghostty', 'zed', 'Tabby', 'rio', 'Hyper'].includes(TERM_PROGRAM ?? '')
  );
}

function isKitty({ TERM, KITTY_WINDOW_ID }: Variables): boolean {
  return TERM === 'xterm-kitty' || isSet(KITTY_WINDOW_ID);
}
