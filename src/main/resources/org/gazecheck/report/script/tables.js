
/* ---- tables ---- */

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.firstElementChild.addEventListener('click', () => {
    const numeric = head.classList.contains('number');
    const down = head.getAttribute('aria-sort') === 'ascending';
    heads.forEach(other => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => compare(a.cells[column].dataset.value, b.cells[column].dataset.value, numeric, down));
    table.tBodies[0].append(...rows);
  }));
}

/* Rows without a value stay at the end whichever way it is sorted. */
function compare(a, b, numeric, down) {
  if (a === '' || b === '') {
    return (a === '') - (b === '');
  }
  return (down ? -1 : 1) * (numeric ? a - b : a.localeCompare(b));
}

/* Shows all rows of a long table, once they are asked for. */
function shortened(button) {
  const line = button.parentElement;
  button.addEventListener('click', () => {
    line.previousElementSibling.querySelector('.long').classList.remove('long');
    line.remove();
  });
}

/* What scrolls sideways can be scrolled by keyboard; what does not is no stop on the way. */
const sideways = new ResizeObserver(entries => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) {
      target.tabIndex = 0;
      target.setAttribute('role', 'group');
      target.setAttribute('aria-label', target.closest('section').querySelector('h2').textContent);
    } else {
      ['tabindex', 'role', 'aria-label'].forEach(name => target.removeAttribute(name));
    }
  }
});
