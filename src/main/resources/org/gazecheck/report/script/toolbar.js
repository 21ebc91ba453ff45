
/* ---- toolbar: how heatmaps are shown, and which images ---- */

let toolbar = null;
let filters = null;

/* Shows the state everywhere. Filtering and sorting anew is left out where only the heatmaps change. */
function update(criteriaChanged = true) {
  toolbar.elements.show.value = view.show;
  toolbar.elements.opacity.value = view.opacity;
  toolbar.elements.shown.value = view.opacity + '\u00a0%';
  toolbar.elements.colours.value = view.colours;
  root.style.setProperty('--heat', view.opacity / 100);
  const legend = Float32Array.from({ length: CANVAS * 8 }, (unused, i) => i % CANVAS / (CANVAS - 1));
  paint(toolbar.querySelector('.legend'), legend, CANVAS, 8);
  if (criteriaChanged) {
    const began = performance.now();
    choose();
    grid.fill();
    root.dataset.milliseconds = (performance.now() - began).toFixed(1);
    showCriteria();
  } else {
    grid.draw();
  }
  imageMap.draw();
  thumbnails.filter(figure => figure.near).forEach(figure => figure.draw());
  detail.draw();
}

function showCriteria() {
  for (const key of ['split', 'outcome', 'label', 'predicted', 'finding', 'cluster', 'issue', 'verdict', 'text']) {
    filters.elements[key].value = criteria[key];
  }
  const down = criteria.sort.startsWith('-');
  filters.elements.sort.value = down ? criteria.sort.slice(1) : criteria.sort;
  filters.elements.direction.textContent = down ? '\u2193' : '\u2191';
  filters.elements.direction.setAttribute('aria-label', down ? 'descending: reverse the order' : 'ascending: reverse the order');
  filters.elements.found.value = count(chosen.length) + ' of ' + count(report.predictions)
    + (chosen.length === 1 ? ' image' : ' images');
  document.getElementById('none-match').hidden = chosen.length > 0;
  showRanges();
  showClass();
  showGroup();
}

function showRanges() {
  const place = document.getElementById('ranges');
  place.replaceChildren(...[...criteria.ranges].map(([id, [from, to]]) => {
    const number = NUMBERS.get(id);
    const text = (from === '' ? '' : shown(id, from) + ' \u2264 ') + number.name + (to === '' ? '' : ' \u2264 ' + shown(id, to));
    const chip = make('button', 'chip', text + ' \u2715');
    chip.type = 'button';
    chip.setAttribute('aria-label', 'Remove: ' + text);
    chip.addEventListener('click', () => {
      criteria.ranges.delete(id);
      changed();
    });
    return chip;
  }));
}

/* The reader changed what is wanted. */
function changed() {
  update();
  remember();
}

function option(value, text) {
  const element = make('option', '', text);
  element.value = value;
  element.dir = 'auto';
  return element;
}

function fillForms() {
  const known = knownNumbers();
  for (const select of [filters.elements.sort, filters.elements.number]) {
    select.append(...known.map(id => option(id, NUMBERS.get(id).name)));
  }
  filters.elements.sort.prepend(option('row', 'order of the data'));
  document.getElementById('class-names').append(...report.classes.map(name => option(name, '')));
  const findings = Object.keys(report.findings).filter(id => report.findings[id].some(isPrediction));
  filters.elements.finding.append(option('', 'any'), ...findings.map(id => option(id, report.findingNames[id])));
  filters.elements.cluster.append(option('', report.clusters ? 'any' : 'none found'),
    ...(report.clusters ? report.clusters.names : []).map((name, g) =>
      option(name, name + ' (' + count(report.clusters.sizes[g]) + ')')));
  filters.elements.issue.append(option('', report.dataQuality ? 'any' : 'not looked for'),
    ...Object.keys(report.dataQuality ? DATA_ISSUES : {}).map(id => option(id, DATA_ISSUES[id][0])));
  filters.elements.verdict.append(option('', 'any'), option('none', 'not yet'), option('any', 'given'),
    option('anybody', 'given by anybody'), option('conflict', 'conflicting'),
    ...(report.required.length > 0 ? [option('required', 'needed for signing')] : []),
    ...VERDICT_KEYS.map(word => option(word, VERDICTS[word])));
  review.nameFilters();
  const splits = [...new Set(report.images.split)];
  filters.elements.split.append(option('', 'all'), ...splits.map(split => option(split, split)));
}

/* A range as it is typed: shares in percent. */
function addRange() {
  const id = filters.elements.number.value;
  const scale = NUMBERS.get(id) && NUMBERS.get(id).share ? 100 : 1;
  const typed = name => {
    const value = end(filters.elements[name].value.replace(',', '.').replace('%', '').trim());
    return value === '' ? '' : value / scale;
  };
  const range = [typed('from'), typed('to')];
  if (id === '' || range[0] === '' && range[1] === '') {
    return;
  }
  criteria.ranges.set(id, range);
  filters.elements.from.value = '';
  filters.elements.to.value = '';
  changed();
}

function listen() {
  toolbar.addEventListener('submit', event => event.preventDefault());
  toolbar.addEventListener('input', event => {
    view[event.target.name] = event.target.name === 'opacity' ? Number(event.target.value) : event.target.value;
    update(false);
    remember();
  });
  filters.addEventListener('submit', event => {
    event.preventDefault();
    addRange();
  });
  filters.addEventListener('input', event => {
    const { name, value } = event.target;
    if (name === 'sort') {
      criteria.sort = (criteria.sort.startsWith('-') ? '-' : '') + value;
    } else if (name in criteria) {
      criteria[name] = value;
    } else {
      return;
    }
    changed();
  });
  filters.elements.direction.addEventListener('click', () => {
    criteria.sort = criteria.sort.startsWith('-') ? criteria.sort.slice(1) : '-' + criteria.sort;
    changed();
  });
  document.addEventListener('click', event => {
    const preset = event.target.closest('[data-preset]');
    const name = event.target.closest('[data-label], [data-predicted]');
    if (preset) {
      usePreset(preset.dataset.preset);
    } else if (name) {
      usePreset(name.dataset.predicted === undefined ? 'all' : 'errors');
      criteria.label = name.dataset.label || '';
      criteria.predicted = name.dataset.predicted || '';
    } else {
      return;
    }
    seeImages();
  });
  document.addEventListener('keydown', key);
}

const KEYS = {
  p: () => { view.show = 'predicted'; },
  t: () => { view.show = 'true'; },
  c: () => { view.show = 'contrast'; },
  n: () => { view.show = 'none'; },
  m: () => { view.outline = !view.outline; },
  '+': () => { view.opacity = Math.min(100, view.opacity + 10); },
  '-': () => { view.opacity = Math.max(0, view.opacity - 10); },
};

function key(event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'p') {
    event.preventDefault();
    paper.print(event.shiftKey);
    return;
  }
  if (dialogOpen() || event.ctrlKey || event.altKey || event.metaKey || event.target.matches('select, textarea')
    || event.target.matches('input') && !['radio', 'range'].includes(event.target.type)) {
    return;
  }
  if (event.key === '/' && !detail.open()) {
    event.preventDefault();
    if (views.current() !== 'images') {
      seeImages();
    }
    filters.elements.text.focus();
  } else if (event.key === 'u') {
    event.preventDefault();
    review.undo();
  } else if (event.key === '?') {
    event.preventDefault();
    document.getElementById('keys').showModal();
  } else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
    update(false);
    remember();
  }
}
