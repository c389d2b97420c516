const how = document.getElementById('you-are');
const name = document.getElementById('your-name');
const lab = document.getElementById('lab');

/** The line below the title: who you are, once you have joined, and which lab this is. */
export function showWhere(labId, visitor) {
  how.textContent = visitor === undefined ? '' : visitor.isKnown === true ? 'Signed in as ' : 'You are ';
  name.textContent = visitor?.name ?? 'Unicorn Games';
  name.title = visitor?.name ?? '';
  lab.textContent = labId;
}
