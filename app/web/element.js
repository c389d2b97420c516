/** Returns a new element. What people write comes in as `text`, and stays text. */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
