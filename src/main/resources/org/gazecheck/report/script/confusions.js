
/* ---- confusions: a matrix without its diagonal, confused classes beside each other ---- */

const confusions = (() => {
  const LABELS = 9;
  /* Classes in one drawing: more could not be told apart, and putting them in order takes their cube. */
  const MOST = 80;
  let place = null;
  let counts = null;

  function element(tag, attributes) {
    const made = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  }

  /* By true class, then predicted: how often. */
  function confusedIn(split) {
    const found = new Map();
    for (let i = 0; i < report.predictions; i += 1) {
      if (report.images.split[i] === split && isWrong(i)) {
        const row = found.get(report.images.label[i]) || new Map();
        row.set(report.images.predicted[i], (row.get(report.images.predicted[i]) || 0) + 1);
        found.set(report.images.label[i], row);
      }
    }
    return found;
  }

  function together(a, b) {
    const of = (x, y) => counts.has(x) && counts.get(x).get(y) || 0;
    return of(a, b) + of(b, a);
  }

  /* Agglomerates by average linkage; of two chains the ends that are confused most are joined. */
  function ordered(classes) {
    let chains = classes.map(c => [c]);
    while (chains.length > 1) {
      let best = null;
      for (let a = 0; a < chains.length; a += 1) {
        for (let b = a + 1; b < chains.length; b += 1) {
          let sum = 0;
          for (const x of chains[a]) {
            for (const y of chains[b]) {
              sum += together(x, y);
            }
          }
          const mean = sum / (chains[a].length * chains[b].length);
          if (sum > 0 && (best === null || mean > best.mean)) {
            best = { a, b, mean };
          }
        }
      }
      if (best === null) {
        break;
      }
      const [one, two] = [chains[best.a], chains[best.b]];
      const joints = [[one, two], [one, [...two].reverse()], [[...one].reverse(), two],
        [[...one].reverse(), [...two].reverse()]];
      const joined = joints.map(([x, y]) => ({ chain: [...x, ...y], at: together(x[x.length - 1], y[0]) }))
        .reduce((x, y) => y.at > x.at ? y : x).chain;
      chains = chains.filter((unused, k) => k !== best.a && k !== best.b);
      chains.push(joined);
    }
    return chains.sort((x, y) => y.length - x.length || x[0] - y[0]).flat();
  }

  /* As many of the pairs as have at most so many classes, the most frequent first. */
  function mostFrequent(pairs) {
    const classes = new Set();
    return [...pairs].sort((a, b) => b.n - a.n).filter(({ label, predicted }) => {
      const fresh = Number(!classes.has(label)) + Number(!classes.has(predicted));
      if (classes.size + fresh > MOST) {
        return false;
      }
      classes.add(label).add(predicted);
      return true;
    });
  }

  function draw() {
    if (place === null) {
      return;
    }
    const least = Number(place.form.elements.least.value);
    place.form.elements.atLeast.value = least + (least === 1 ? ' image' : ' images');
    const all = [];
    for (const [label, row] of counts) {
      for (const [predicted, n] of row) {
        if (n >= least) {
          all.push({ label, predicted, n });
        }
      }
    }
    const cells = mostFrequent(all);
    const order = ordered([...new Set(cells.flatMap(cell => [cell.label, cell.predicted]))]);
    const at = new Map(order.map((c, k) => [c, k]));
    const most = Math.max(1, ...cells.map(cell => cell.n));
    const size = order.length;
    const svg = element('svg', { viewBox: -LABELS + ' ' + -LABELS + ' ' + (size + LABELS) + ' ' + (size + LABELS),
      class: 'matrix', role: 'img', 'aria-label': 'Confusion matrix; the table of pairs below says the same' });
    svg.style.maxWidth = Math.min(1200, (size + LABELS) * 30) + 'px';
    svg.append(element('rect', { x: 0, y: 0, width: size, height: size, class: 'ground' }),
      element('line', { x1: 0, y1: 0, x2: size, y2: size, class: 'diagonal' }));
    order.forEach((c, k) => {
      const name = report.classes[c].length > 24 ? report.classes[c].slice(0, 23) + '\u2026' : report.classes[c];
      const row = element('text', { x: -0.3, y: k + 0.7, class: 'row' });
      row.textContent = isolated(name);
      const column = element('text', { x: 0.3, y: 0, class: 'column', transform: 'translate(' + (k + 0.7) + ' 0) rotate(-90)' });
      column.textContent = isolated(name);
      svg.append(row, column);
    });
    for (const { label, predicted, n } of cells) {
      const cell = element('rect', { x: at.get(predicted) + 0.05, y: at.get(label) + 0.05, width: 0.9, height: 0.9,
        class: 'cell', 'fill-opacity': 0.25 + 0.75 * n / most });
      cell.addEventListener('click', () => {
        location.hash = '#/images?' + new URLSearchParams({ outcome: 'error', split: place.form.dataset.split,
          label: report.classes[label], predicted: report.classes[predicted] });
      });
      const title = element('title', {});
      title.textContent = isolated(report.classes[label]) + ' predicted as ' + isolated(report.classes[predicted]) + ': ' + n;
      cell.append(title);
      svg.append(cell);
    }
    const without = report.classes.length - new Set(all.flatMap(cell => [cell.label, cell.predicted])).size;
    const left = all.length - cells.length;
    place.figure.replaceChildren(...(size === 0 ? [] : [svg]));
    place.note.textContent = size === 0 ? 'No pair is confused so often.'
      : 'Rows are true classes, columns the predicted classes; a cell leads to its images. '
        + (left > 0 ? count(left) + ' less frequent pairs are not drawn. ' : '')
        + (without > 0 ? count(without) + ' classes without such a confusion are left out.' : '');
  }

  function start() {
    const form = document.getElementById('matrix-form');
    if (!form) {
      return;
    }
    place = { form, figure: document.getElementById('matrix'), note: document.getElementById('matrix-note') };
    counts = confusedIn(form.dataset.split);
    const most = Math.max(1, ...[...counts.values()].flatMap(row => [...row.values()]));
    form.elements.least.max = most;
    form.hidden = most === 1;
    form.addEventListener('submit', event => event.preventDefault());
    form.addEventListener('input', draw);
    views.whenShown('classes', draw);
  }

  return { start, draw };
})();
