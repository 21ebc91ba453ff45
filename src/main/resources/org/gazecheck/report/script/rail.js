
/* ---- filters beside the gallery: values with how many images they would leave, and histograms with a range on them ---- */

const rail = (() => {
  const MOST_ROWS = 60;
  const SEARCHED = 9;
  const BINS = 30;
  const TAIL = 0.005;
  const OPEN = ['outcome', 'label', 'predicted'];
  const NUMBER_GROUPS = [
    ['Confidence', ['confidence', 'margin', 'truth', 'loss', 'rank']],
    ['Localisation', ['massAccuracy', 'massLift', 'pointingGame', 'rankAccuracy', 'distance', 'borderMass', 'entropy', 'overlap']],
    ['Image', ['brightness', 'contrast', 'sharpness', 'saturation', 'objectArea', 'offCentre', 'objectHue', 'backgroundHue', 'aspect',
      'pixels', 'outlier']],
  ];
  const groups = new Map();
  const histograms = [];

  function fold(title, open) {
    const box = make('details', 'facet-group');
    box.open = open;
    const line = make('summary', '', title);
    const said = make('span', 'n');
    line.append(' ', said);
    box.append(line);
    return { box, said };
  }

  function group(id) {
    const { box, said } = fold(FACET_NAMES[id], OPEN.includes(id));
    const list = make('ul', 'facet-list');
    list.setAttribute('aria-label', FACET_NAMES[id]);
    list.dataset.facet = id;
    const search = make('input');
    Object.assign(search, { type: 'search', placeholder: 'find', autocomplete: 'off', spellcheck: false, dir: 'auto' });
    search.setAttribute('aria-label', 'Find in: ' + FACET_NAMES[id]);
    search.addEventListener('input', event => {
      event.stopPropagation();
      rows(id);
    });
    box.append(search, list);
    box.addEventListener('toggle', () => rows(id));
    groups.set(id, { box, said, list, search, made: new Map() });
    return box;
  }

  /* Made once for each value and text. */
  function madeRow(id, value, text) {
    const line = make('li');
    const acting = (button, act) => {
      button.type = 'button';
      button.addEventListener('click', () => {
        act(id, value);
        changed();
      });
      return button;
    };
    const only = acting(make('button', 'facet'), toggleWanted);
    only.append(untrusted('span', 'class', text), make('span', 'n'));
    only.dataset.value = value;
    const not = acting(make('button', 'not', '\u2260'), toggleUnwanted);
    not.setAttribute('aria-label', 'Not: ' + isolated(text));
    not.title = 'without these';
    line.append(only, not);
    return line;
  }

  function row(id, { value, text }, n) {
    const line = kept(groups.get(id).made, value + '\n' + text, () => madeRow(id, value, text));
    const [only, not] = line.children;
    only.lastChild.textContent = count(n);
    only.disabled = n === 0 && !isWanted(id, value);
    only.setAttribute('aria-pressed', String(isWanted(id, value)));
    not.setAttribute('aria-pressed', String(isUnwanted(id, value)));
    return line;
  }

  /*
   * Where they are many, those with the most of all images first, so that values keep their places; where they are more than are
   * shown, those with the most that are left. What is asked for stands there in any case.
   */
  function rows(id) {
    const { box, said, list, search } = groups.get(id);
    const { options, lists } = facets.get(id);
    const wanted = criteria.wanted.get(id).size;
    const unwanted = criteria.unwanted.get(id).size;
    said.textContent = wanted + unwanted > 0 ? '(' + (wanted + unwanted) + ')' : '';
    box.hidden = options.length < 2 && wanted + unwanted === 0;
    if (!box.open || box.hidden) {
      return;
    }
    const met = metButFor(id);
    const counts = new Int32Array(options.length);
    const totals = new Int32Array(options.length);
    for (let i = 0; i < report.predictions; i += 1) {
      const left = met(i) ? 1 : 0;
      for (const k of lists[i]) {
        counts[k] += left;
        totals[k] += 1;
      }
    }
    search.hidden = options.length <= SEARCHED;
    const text = search.value.trim().toLowerCase();
    const asked = k => isWanted(id, options[k].value) || isUnwanted(id, options[k].value);
    let order = [...options.keys()].filter(k => asked(k) || options[k].text.toLowerCase().includes(text));
    if (options.length > SEARCHED) {
      const most = options.length > MOST_ROWS ? counts : totals;
      order.sort((a, b) => most[b] - most[a] || a - b);
    } else {
      order = order.filter(k => totals[k] > 0 || asked(k));
    }
    const first = order.filter((k, at) => at < MOST_ROWS || asked(k));
    const focused = list.contains(document.activeElement) && [...list.querySelectorAll('button')].indexOf(document.activeElement);
    const scrolled = list.scrollTop;
    list.replaceChildren(...first.map(k => row(id, options[k], counts[k])));
    if (first.length < order.length) {
      list.append(make('li', 'hint', count(order.length - first.length) + ' more: type to find them'));
    }
    if (focused !== false) {
      const again = list.querySelectorAll('button')[focused];
      (again && !again.disabled ? again : box.firstChild).focus({ preventScroll: true });
    }
    list.scrollTop = scrolled;
  }

  /* Values of all images, and between which the bins lie: a half percent at each end falls into the outermost. */
  function measured(histogram) {
    if (!histogram.values) {
      const { of } = NUMBERS.get(histogram.id);
      histogram.values = Float64Array.from({ length: report.predictions }, (unused, i) => {
        const value = of(i);
        return value === undefined ? NaN : value;
      });
      const inOrder = histogram.values.filter(value => !Number.isNaN(value)).sort();
      histogram.least = inOrder[Math.floor(TAIL * inOrder.length)];
      histogram.most = inOrder[Math.ceil((1 - TAIL) * inOrder.length) - 1];
      histogram.first = inOrder[0];
      histogram.last = inOrder[inOrder.length - 1];
    }
    return histogram;
  }

  function binOf({ least, most }, value) {
    return most > least ? Math.max(0, Math.min(BINS - 1, Math.floor((value - least) / (most - least) * BINS))) : 0;
  }

  function edge({ least, most }, bin) {
    return Number((least + bin * (most - least) / BINS).toPrecision(4));
  }

  /* As it is typed: shares in percent. */
  function scaleOf(id) {
    return NUMBERS.get(id).share ? 100 : 1;
  }

  function histogram(id) {
    const box = make('div', 'histogram');
    const { name, share } = NUMBERS.get(id);
    const drawing = make('canvas');
    drawing.width = 2 * 208;
    drawing.height = 2 * 40;
    drawing.setAttribute('role', 'img');
    drawing.setAttribute('aria-label', name + ': histogram');
    const limits = make('p', 'limits');
    const typed = make('p', 'typed');
    const problem = make('p', 'problem');
    problem.setAttribute('role', 'alert');
    const fields = ['from', 'to'].map(which => {
      const field = make('input');
      Object.assign(field, { type: 'text', inputMode: 'decimal', autocomplete: 'off', name: which + '-' + id, placeholder: which });
      field.setAttribute('aria-label', name + ' ' + which + (share ? ', in percent' : ''));
      field.addEventListener('input', event => event.stopPropagation());
      field.addEventListener('change', () => typedRange(made));
      field.addEventListener('blur', () => takeTyped(made));
      return field;
    });
    typed.append(fields[0], ' \u2013 ', fields[1], share ? ' %' : '');
    box.append(make('p', 'name', name), drawing, limits, typed, problem);
    const made = { id, box, drawing, limits, fields, problem };
    brush(made);
    histograms.push(made);
    seen.observe(box);
    return box;
  }

  /* A number as it is typed; '' for an open end, null for what is none. */
  function typedNumber(text) {
    const plain = text.replace(',', '.').replace('%', '').replace('\u2212', '-').trim();
    const value = end(plain);
    return plain !== '' && value === '' ? null : value;
  }

  /* What was typed is the range, or it is said why it is none, and the range stays as it was. */
  function typedRange({ id, fields, problem }) {
    const ends = fields.map(field => typedNumber(field.value));
    const [from, to] = ends;
    const wrong = ends.indexOf(null);
    problem.textContent = wrong >= 0 ? isolated(fields[wrong].value) + ' is no number: the range is as before'
      : from !== '' && to !== '' && from > to ? 'from is above to: the range is as before' : '';
    fields.forEach((field, k) => field.setAttribute('aria-invalid', String(problem.textContent !== '' && (wrong < 0 || wrong === k))));
    if (problem.textContent === '') {
      range(id, ends.map(value => (value === '' ? '' : value / scaleOf(id))));
    }
  }

  /* What stands in a field that is left is taken, too, where it is not the range yet and was not refused. */
  function takeTyped(histogram) {
    const { id, fields, problem } = histogram;
    const inForce = (criteria.ranges.get(id) || ['', '']).map(value => asTyped(id, value));
    const typed = fields.map(field => typedNumber(field.value));
    const same = typed.every((value, k) => value !== null && String(value) === inForce[k]);
    if (problem.textContent === '' && !same) {
      typedRange(histogram);
    }
  }

  /* The end of a range as its field has it. */
  function asTyped(id, value) {
    return value === '' ? '' : String(Number((value * scaleOf(id)).toPrecision(4)));
  }

  function range(id, [from, to]) {
    if (from === '' && to === '') {
      criteria.ranges.delete(id);
    } else {
      criteria.ranges.set(id, [from, to]);
    }
    changed();
  }

  /* A range is drawn over the bars; one that reaches the outermost bar is open there, and a click takes it away. */
  function brush(histogram) {
    const { drawing, id } = histogram;
    let from = null;
    const binAt = event => {
      const box = drawing.getBoundingClientRect();
      return Math.max(0, Math.min(BINS - 1, Math.floor((event.clientX - box.left) / box.width * BINS)));
    };
    drawing.addEventListener('pointerdown', event => {
      from = binAt(event);
      drawing.setPointerCapture(event.pointerId);
    });
    drawing.addEventListener('pointermove', event => {
      if (from !== null) {
        bars(histogram, [Math.min(from, binAt(event)), Math.max(from, binAt(event))]);
      }
    });
    drawing.addEventListener('pointerup', event => {
      if (from === null) {
        return;
      }
      const first = Math.min(from, binAt(event));
      const last = Math.max(from, binAt(event));
      from = null;
      range(id, first === last && criteria.ranges.has(id) ? ['', '']
        : [first === 0 ? '' : edge(histogram, first), last === BINS - 1 ? '' : edge(histogram, last + 1)]);
    });
    drawing.addEventListener('pointercancel', () => { from = null; });
  }

  /* All images light, those that the other criteria leave dark, and what lies outside the range pale. */
  function bars(histogram, span) {
    const { values, drawing, id } = measured(histogram);
    const met = metButFor(id);
    const all = new Int32Array(BINS);
    const left = new Int32Array(BINS);
    for (let i = 0; i < values.length; i += 1) {
      if (!Number.isNaN(values[i])) {
        const bin = binOf(histogram, values[i]);
        all[bin] += 1;
        left[bin] += met(i) ? 1 : 0;
      }
    }
    const context = drawing.getContext('2d');
    const style = getComputedStyle(root);
    const { width, height } = drawing;
    const draw = (counts, colour, alphaOf) => {
      const most = Math.max(1, ...counts);
      context.fillStyle = style.getPropertyValue(colour).trim();
      counts.forEach((n, bin) => {
        const tall = n === 0 ? 0 : Math.max(2, n / most * (height - 4));
        context.globalAlpha = alphaOf(bin);
        context.fillRect(bin * width / BINS + 1, height - tall, width / BINS - 2, tall);
      });
    };
    context.clearRect(0, 0, width, height);
    draw(all, '--track', () => 1);
    draw(left, '--accent', bin => (bin >= span[0] && bin <= span[1] ? 1 : 0.25));
    context.globalAlpha = 1;
  }

  /* Bars are drawn where they are seen: there are many histograms. */
  const seen = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      const histogram = histograms.find(each => each.box === target);
      histogram.near = isIntersecting;
      drawBars(histogram);
    }
  });

  function drawBars(histogram) {
    if (!histogram.near) {
      return;
    }
    measured(histogram);
    const { id, limits, drawing, first, last } = histogram;
    const [from, to] = criteria.ranges.get(id) || ['', ''];
    bars(histogram, [from === '' ? 0 : binOf(histogram, from), to === '' ? BINS - 1 : binOf(histogram, to - 1e-9 * Math.abs(to))]);
    limits.replaceChildren(make('span', '', shown(id, first)), make('span', '', shown(id, last)));
    drawing.setAttribute('aria-label', NUMBERS.get(id).name + ': histogram from ' + shown(id, first) + ' to ' + shown(id, last));
  }

  function showHistogram(histogram) {
    const { id, fields, problem } = histogram;
    const [from, to] = criteria.ranges.get(id) || ['', ''];
    drawBars(histogram);
    problem.textContent = '';
    [from, to].forEach((value, k) => {
      fields[k].setAttribute('aria-invalid', 'false');
      if (document.activeElement !== fields[k]) {
        fields[k].value = asTyped(id, value);
      }
    });
  }

  function start() {
    facets = fixedFacets();
    const place = document.getElementById('facets');
    const ownScroll = !matchMedia('(max-width: 900px)').matches;
    document.getElementById('filter-rail').open = ownScroll;
    const known = knownNumbers();
    place.append(...Object.keys(FACET_NAMES).map(group));
    for (const [name, ids] of NUMBER_GROUPS) {
      const there = ids.filter(id => known.includes(id));
      if (there.length > 0) {
        const { box, said } = fold(name, ownScroll);
        box.append(...there.map(histogram));
        groups.set(name, { box, said, ids: there });
        place.append(box);
      }
    }
    document.getElementById('reset').addEventListener('click', () => {
      clearCriteria();
      changed();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  }

  /* Draws anew, and keeps what the reader has in hand where it is on the screen. */
  function steady(draws) {
    const place = document.getElementById('filter-rail');
    const held = place.contains(document.activeElement) ? document.activeElement : null;
    const scrolled = place.scrollTop;
    const before = held && held.getBoundingClientRect().top;
    draws();
    place.scrollTop = held && held.isConnected ? place.scrollTop + held.getBoundingClientRect().top - before : scrolled;
  }

  function draw() {
    steady(() => {
      Object.keys(FACET_NAMES).forEach(rows);
      histograms.forEach(showHistogram);
    });
    for (const [name] of NUMBER_GROUPS) {
      const made = groups.get(name);
      if (made) {
        const n = made.ids.filter(id => criteria.ranges.has(id)).length;
        made.said.textContent = n > 0 ? '(' + n + ')' : '';
      }
    }
    chips();
  }

  /* What is asked for, each to be taken away. */
  function chips() {
    const asked = [];
    const chip = (text, act) => {
      const button = make('button', 'chip', text + ' \u2715');
      button.type = 'button';
      button.setAttribute('aria-label', 'Remove: ' + text);
      button.addEventListener('click', () => {
        act();
        changed();
      });
      asked.push(button);
    };
    criteria.odd.forEach(text => chip(text, () => {}));
    asked.forEach(button => button.classList.add('odd'));
    for (const [id, { options }] of facets) {
      const text = value => isolated((options.find(each => each.value === value) || { text: value }).text)
        + (options.some(each => each.value === value) ? '' : ' (none here)');
      criteria.wanted.get(id).forEach(value => chip(FACET_NAMES[id].toLowerCase() + ': ' + text(value), () => toggleWanted(id, value)));
      criteria.unwanted.get(id).forEach(value => chip(FACET_NAMES[id].toLowerCase() + ' not: ' + text(value), () => toggleUnwanted(id, value)));
    }
    for (const [id, [from, to]] of criteria.ranges) {
      chip((from === '' ? '' : shown(id, from) + ' \u2264 ') + NUMBERS.get(id).name + (to === '' ? '' : ' \u2264 ' + shown(id, to)),
        () => criteria.ranges.delete(id));
    }
    if (criteria.drawn !== '') {
      chip('drawn on the map', () => { criteria.drawn = ''; });
    }
    if (criteria.text !== '') {
      chip('text: ' + isolated(criteria.text), () => { criteria.text = ''; });
    }
    document.getElementById('chips').replaceChildren(...asked);
    document.getElementById('reset').hidden = asked.length === 0;
  }

  return { start, draw };
})();
