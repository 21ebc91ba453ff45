
/* ---- verdicts as CSV: what "gazecheck review" reads and writes ---- */

const COLUMNS = ['sha256', 'path', 'split', 'label', 'predicted', 'verdict', 'corrected', 'comment', 'reviewer', 'time',
  'run', 'adjudicates'];
/* Files of before there were adjudications end here. */
const OLDER_COLUMNS = COLUMNS.slice(0, -1);
const FORMULA = '[=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n]';
const RISKY = new RegExp("^'*" + FORMULA);
const MARKED = new RegExp("^'+" + FORMULA);
const PLAIN_NUMBER = /^[+-]?(\d+(\.\d*)?([eE][+-]?\d+)?|Infinity)$/;

/* A cell that begins as a formula gets an apostrophe, so that it stays text in a spreadsheet. */
function written(cell) {
  const text = RISKY.test(cell) && !PLAIN_NUMBER.test(cell) ? "'" + cell : cell;
  return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}

function csv(verdicts) {
  const lines = [COLUMNS, ...verdicts.map(verdict => COLUMNS.map(column => verdict[column] || ''))];
  return lines.map(cells => cells.map(written).join(',') + '\n').join('');
}

/* Lines of cells. */
function cellsOf(text) {
  const lines = [];
  let line = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) {
        at += text[at] === '"' ? 1 : 0;
        cell += text[at];
        at += 1;
      }
      at += 1;
    }
    const end = text.slice(at).search(/[,\r\n]/);
    const stop = end < 0 ? text.length : at + end;
    line.push(cell + text.slice(at, stop));
    at = stop;
    if (text[at] === ',') {
      at += 1;
      if (at === text.length) {
        line.push('');
      }
    } else {
      at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
      lines.push(line);
      line = [];
    }
  }
  if (line.length > 0) {
    lines.push(line);
  }
  return lines;
}

/* The verdicts of a file; throws what is wrong with it. */
function verdictsOf(text) {
  const [head, ...lines] = cellsOf(text.replace(/^\ufeff/, ''));
  const columns = [COLUMNS, OLDER_COLUMNS].find(each => head && head.join() === each.join());
  if (!columns) {
    throw new Error('its first line is not ' + COLUMNS.join());
  }
  return lines.map((cells, n) => {
    if (cells.length !== columns.length) {
      throw new Error('line ' + (n + 2) + ' has ' + cells.length + ' cells, not ' + columns.length);
    }
    const verdict = { adjudicates: '' };
    columns.forEach((column, k) => {
      verdict[column] = MARKED.test(cells[k]) ? cells[k].slice(1) : cells[k];
    });
    const known = verdict.sha256 === '' ? verdict.path.startsWith('finding:') && verdict.verdict in RULINGS
      : verdict.verdict in VERDICTS;
    if (!known || verdict.reviewer.trim() === '' || Number.isNaN(Date.parse(verdict.time))) {
      throw new Error('line ' + (n + 2) + ' has an unknown verdict, no reviewer or no time');
    }
    return verdict;
  });
}

/* What the gallery shows, as a table with every number. */
function listAsCsv() {
  const { path, split, sha256 } = report.images;
  const numbers = knownNumbers();
  const cell = (id, i) => {
    const value = NUMBERS.get(id).of(i);
    return value === undefined ? '' : String(value);
  };
  const lines = [['path', 'sha256', 'split', 'label', 'predicted', ...numbers],
    ...chosen.map(i => [path[i], sha256[i], split[i], labelOf(i), predictedOf(i), ...numbers.map(id => cell(id, i))])];
  download('images-' + report.run + '.csv', lines.map(cells => cells.map(written).join(',') + '\n').join(''), 'text/csv');
}
