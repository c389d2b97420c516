/** Returns a new element. Pass people's words as `text`, so they stay text. */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
