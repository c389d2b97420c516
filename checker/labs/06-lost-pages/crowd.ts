/** How many people connect. Every fourth, in scan order, stays. */
export const people = ['Ada', 'Grace', 'Linus', 'Margaret', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Kathleen'];

/** Between two people who stay are the rows of three who leave. */
export const GAP = 4;

/** How many bytes are added to each row of those who leave: three such rows fill a page. An item can have 400 KB. */
export const PADDING = 390 * 1024;
