import { type Page, proseOf } from '../pages.ts';

/** Returns the lines in syntax of the site's, which a reader on GitHub sees as it is written, or not at all. */
export function siteSyntax(page: Page): string[] {
  return proseOf(page).flatMap((line, index) =>
    /^\s*:::|<!--\s*@include|<!--\s*@content|^\s*\[\[toc\]\]/i.test(line)
      ? [`${page.path}:${index + 1} ${line.trim()}: only the site understands this`]
      : [],
  );
}
