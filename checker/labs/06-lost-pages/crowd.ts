/** Those who connect. Every fourth, in the order of a scan, stays. */
export const people = ['Ada', 'Grace', 'Linus', 'Margaret', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Kathleen'];

/** Between two people who stay are the rows of three who go. */
export const GAP = 4;

/** How much is added to each row of those who go, in bytes: three such rows fill a page. An item has at most 400 KB. */
export const PADDING = 390 * 1024;
