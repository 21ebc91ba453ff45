
/* ---- toolbar: how heatmaps are shown, and which images ---- */

/* Narrower cards say the classes only. */
const WHOLE_CARD = 220;

let toolbar = null;
let filters = null;

/* Shows the state everywhere. Filtering and sorting anew is left out where only the heatmaps change. */
function update(criteriaChanged = true) {
  toolbar.elements.show.value = view.show;
  toolbar.elements.opacity.value = view.opacity;
  toolbar.elements.shown.value = view.opacity + '\u00a0%';
  toolbar.elements.colours.value = view.colours;
  toolbar.elements.size.value = view.size;
  root.style.setProperty('--card', view.size + 'px');
  document.getElementById('gallery').classList.toggle('small', view.size < WHOLE_CARD);
  root.style.setProperty('--heat', view.opacity / 100);
  const legend = Float32Array.from({ length: CANVAS * 8 }, (unused, i) => i % CANVAS / (CANVAS - 1));
  paint(toolbar.querySelector('.legend'), legend, CANVAS, 8);
  if (criteriaChanged) {
    const began = performance.now();
    choose();
    grid.fill();
    selection.narrow();
    showCriteria();
    root.dataset.milliseconds = (performance.now() - began).toFixed(1);
  } else {
    grid.draw();
  }
  imageMap.draw();
  thumbnails.filter(figure => figure.near).forEach(figure => figure.draw());
  detail.draw();
}

function showCriteria() {
  filters.elements.text.value = criteria.text;
  const down = criteria.sort.startsWith('-');
  filters.elements.sort.value = down ? criteria.sort.slice(1) : criteria.sort;
  const byNumber = NUMBERS.has(filters.elements.sort.value);
  const order = byNumber ? (down ? 'largest first' : 'smallest first') : down ? 'last to first' : 'first to last';
  filters.elements.direction.textContent = (down ? '\u2193 ' : '\u2191 ') + order;
  filters.elements.direction.setAttribute('aria-label', order + ': reverse the order');
  filters.elements.found.value = count(chosen.length) + ' of ' + count(report.predictions)
    + (report.predictions === 1 ? ' image' : ' images');
  document.getElementById('none-match').hidden = chosen.length > 0;
  rail.draw();
  showClass();
  showGroup();
}

/* The reader changed what is wanted. */
function changed() {
  criteria.odd = [];
  selection.clear();
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
  filters.elements.sort.append(option('row', 'order of the data'), ...knownNumbers().map(id => option(id, NUMBERS.get(id).name)));
  document.getElementById('class-names').append(...report.classes.map(name => option(name, '')));
  rail.start();
}

function listen() {
  toolbar.addEventListener('submit', event => event.preventDefault());
  toolbar.addEventListener('input', event => {
    const { name, value } = event.target;
    view[name] = name === 'opacity' || name === 'size' ? Number(value) : value;
    update(false);
    if (name === 'size') {
      grid.fill();
    }
    remember();
  });
  filters.addEventListener('submit', event => event.preventDefault());
  filters.addEventListener('input', event => {
    if (event.target.name === 'text') {
      criteria.text = event.target.value;
      changed();
    }
  });
  filters.elements.sort.addEventListener('input', event => {
    criteria.sort = worstFirst(event.target.value);
    changed();
  });
  document.getElementById('list-csv').addEventListener('click', listAsCsv);
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

/* Whether a letter may lead elsewhere or change a verdict: a review has begun, or a card or a finding is what it is about. */
function reviewing() {
  return review.name() !== '' || document.activeElement.closest('.gallery > article, #findings article') !== null;
}

function key(event) {
  if (event.defaultPrevented) {
    return;
  }
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'p') {
    event.preventDefault();
    paper.print(event.shiftKey);
    return;
  }
  const typing = event.target.matches('select, textarea') || event.target.matches('input') && !['radio', 'range'].includes(event.target.type);
  if (event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && !typing && !dialogOpen()) {
    event.preventDefault();
    review.undo();
    return;
  }
  if (dialogOpen() || event.ctrlKey || event.altKey || event.metaKey || typing) {
    return;
  }
  if (event.key === '/' && !detail.open()) {
    event.preventDefault();
    if (views.current() !== 'images') {
      seeImages();
    }
    filters.elements.text.focus();
  } else if (event.key === 'o' && !detail.open()) {
    event.preventDefault();
    if (reviewing()) {
      queue.next();
    }
  } else if (event.key === 'u') {
    event.preventDefault();
    if (reviewing() || detail.open()) {
      review.undo();
    }
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
