
/* ---- tables to the clipboard: a figure and the ends of its interval in columns of their own, units in the heads ---- */

const FIGURE = '[+\u2212-]?[\\d,]*\\.?\\d+(?:e[+\u2212-]?\\d+)?';
const FIGURE_WITH_UNIT = new RegExp('^(' + FIGURE + ')\\s*(%|points)?$');
const ENDS = new RegExp('(' + FIGURE + ')(?:\u2013| to )(' + FIGURE + ')');

function plainFigure(text) {
  return text.replace(/,/g, '').replace(/\u2212/g, '-').replace(/^\+/, '');
}

function plainText(element) {
  return element.textContent.replace(/\s+/g, ' ').trim();
}

/* What a cell says: { value, unit, low, high, rest }; where it holds no interval its text is the value. */
function spoken(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll('svg, canvas, img').forEach(picture => picture.remove());
  const beside = [...copy.querySelectorAll('.interval')].map(part => {
    part.remove();
    return plainText(part);
  }).join(' ');
  const whole = plainText(copy);
  const [, figure, unit] = FIGURE_WITH_UNIT.exec(whole) || [];
  const [found, low, high] = figure === undefined ? [] : ENDS.exec(beside) || [];
  return { value: figure === undefined ? whole : plainFigure(figure), unit: unit || '',
    low: found === undefined ? '' : plainFigure(low), high: found === undefined ? '' : plainFigure(high),
    rest: found === undefined ? beside : beside.replace(found, '').replace(/^[\s,]+|[\s,]+$/g, '') };
}

/* As spreadsheets take it: cells between tabs; what would be a formula stays text. */
function tableText(table) {
  const heads = [...(table.tHead ? table.tHead.rows[table.tHead.rows.length - 1].cells : table.rows[0].cells)].map(plainText);
  const rows = [...table.tBodies].flatMap(body => [...body.rows]).filter(row => table.tHead || row.rowIndex > 0)
    .map(row => [...row.cells].map(spoken));
  const columns = heads.map((head, k) => {
    const cells = rows.map(row => row[k]).filter(cell => cell !== undefined);
    const units = [...new Set(cells.filter(cell => cell.unit !== '' || cell.low !== '').map(cell => cell.unit))];
    const one = units.length === 1 && units[0] !== '' && cells.every(cell => cell.unit === units[0] || !PLAIN_NUMBER.test(cell.value));
    const unit = one ? ' (' + units[0] + ')' : '';
    return [[head + unit, cell => cell.value + (one || cell.unit === '' ? '' : ' ' + cell.unit)],
      ...['low', 'high'].filter(part => cells.some(cell => cell[part] !== '')).map(part => [head + ' ' + part + unit, cell => cell[part]]),
      ...cells.some(cell => cell.rest !== '') ? [[head + ', more', cell => cell.rest]] : []];
  });
  const safe = text => (RISKY.test(text) && !PLAIN_NUMBER.test(text) ? "'" + text : text);
  return [columns.flatMap(parts => parts.map(([name]) => safe(name))),
    ...rows.map(row => columns.flatMap((parts, k) => parts.map(([, of]) => (row[k] === undefined ? '' : safe(of(row[k]))))))]
    .map(cells => cells.join('\t') + '\n').join('');
}

/* A button below each table; nothing where the browser has no clipboard for the page. */
function copyable(table) {
  if (!navigator.clipboard) {
    return;
  }
  const button = make('button', 'step copy-table', 'Copy table');
  button.type = 'button';
  button.title = 'for a spreadsheet: values and the ends of their intervals in columns of their own';
  button.addEventListener('click', () => {
    const told = text => {
      button.textContent = text;
      setTimeout(() => { button.textContent = 'Copy table'; }, 2000);
    };
    navigator.clipboard.writeText(tableText(table)).then(() => told('Copied'), () => told('Not allowed here'));
  });
  table.after(button);
}
