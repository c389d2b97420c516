/** Returns a number as people read it: `10,000`. Not with `toLocaleString()`, which costs every command 30 ms. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
