'use strict';
/* The report's only script: draws photographs and heatmaps from assets/data.js. Foreign text enters as text only. */
(() => {
  const root = document.documentElement;
  const CANVAS = 128;
  const MARGIN = 600;

  /* Colour scales: 33 stops of matplotlib's, from no to strongest evidence. */
  const SCALES = {
    inferno: '0000040403120b0724150b37210c4a2f0a5b3d09654a0c6b57106e64156e71196e7d1e6d8a226a972766'
      + 'a32c61b0315bbc3754c73e4cd24644db503be45a31eb6628f1731df68013f98e09fb9d07fcac11fbbc21'
      + 'f9cb35f5db4cf2ea69f3f68afcffa4',
    viridis: '440154470d6048186a482374472d7b4537814240863e49893b528b375b8d33638d2f6b8e2c728e297a8e'
      + '26828e23898e21918c1f988b1fa08822a78528ae8032b67a3fbc734ec36b5ec96270cf5784d44b98d83e'
      + 'addc30c2df23d8e219ece51bfde725',
    turbo: '30123b392a734040a24456c7466be34680f64294ff37a8fa28bceb1ccdd818ddc21fe9af32f2984ef97d'
      + '6dfe628bff4ba4fc3cb9f635cdec34dfdf37eecf3af8be39fdac34fe962bfb7e21f46617eb500edf3f08'
      + 'd02f05be2102a91601920b017a0403',
    jet: '0000800000a40000c80000ed0000ff0020ff0040ff0060ff0080ff00a0ff00c0ff00e0fb16ffe130ffc7'
      + '49ffad63ff947dff7a97ff60b1ff46caff2ce4ff13feed00ffd000ffb200ff9400ff7700ff5900ff3b00'
      + 'ff1e00e80000c400009f0000800000',
  };

  const state = { show: 'predicted', opacity: 55, colours: 'inferno', filter: '' };
  const frames = [];
  let report = null;
  let errors = 0;

  /* ---- what went wrong stands in the document, for tests and for whoever looks ---- */

  function failed(text) {
    errors += 1;
    root.dataset.errors = String(errors);
    if (errors === 1) {
      root.dataset.firstError = text;
    }
  }

  root.dataset.errors = '0';
  window.addEventListener('error', event => {
    const source = event.target && (event.target.src || event.target.href);
    failed(event.message || 'could not load ' + source);
  }, true);
  document.addEventListener('securitypolicyviolation', event =>
    failed('content security policy: ' + event.violatedDirective + ' ' + event.blockedURI));

  /* ---- small helpers for the document ---- */

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) {
      element.className = className;
    }
    if (text !== undefined) {
      element.textContent = text;
    }
    return element;
  }

  function percent(share) {
    return (100 * share).toFixed(1) + ' %';
  }

  /* ---- heatmaps ---- */

  function palette(name) {
    const stops = SCALES[name];
    const colours = new Uint8Array(256 * 3);
    for (let i = 0; i < 256; i += 1) {
      const at = i / 255 * 32;
      const left = Math.min(31, Math.floor(at));
      for (let c = 0; c < 3; c += 1) {
        const a = parseInt(stops.substr(6 * left + 2 * c, 2), 16);
        const b = parseInt(stops.substr(6 * left + 6 + 2 * c, 2), 16);
        colours[3 * i + c] = Math.round(a + (b - a) * (at - left));
      }
    }
    return colours;
  }

  /* A raw map after ReLU, divided by its maximum; all zero where nothing is positive. */
  function positive(map) {
    if (!map.values) {
      const bytes = atob(map.steps);
      const values = new Float32Array(map.h * map.w);
      let largest = 0;
      for (let i = 0; i < values.length; i += 1) {
        const step = bytes.charCodeAt(2 * i) | bytes.charCodeAt(2 * i + 1) << 8;
        values[i] = Math.max(0, (step << 16 >> 16) * map.scale);
        largest = Math.max(largest, values[i]);
      }
      map.values = largest > 0 ? values.map(v => v / largest) : values;
      map.empty = largest === 0;
    }
    return map.values;
  }

  /* Bilinear, with the centres of cells and pixels aligned; at the rim the outermost cells go on. */
  function stretch(values, h, w, size) {
    const out = new Float32Array(size * size);
    for (let y = 0; y < size; y += 1) {
      const sy = Math.min(h - 1, Math.max(0, (y + 0.5) * h / size - 0.5));
      const top = Math.min(Math.floor(sy), Math.max(0, h - 2));
      const below = Math.min(h - 1, top + 1);
      const fy = sy - top;
      for (let x = 0; x < size; x += 1) {
        const sx = Math.min(w - 1, Math.max(0, (x + 0.5) * w / size - 0.5));
        const left = Math.min(Math.floor(sx), Math.max(0, w - 2));
        const right = Math.min(w - 1, left + 1);
        const fx = sx - left;
        const upper = values[top * w + left] * (1 - fx) + values[top * w + right] * fx;
        const lower = values[below * w + left] * (1 - fx) + values[below * w + right] * fx;
        out[y * size + x] = upper * (1 - fy) + lower * fy;
      }
    }
    return out;
  }

  function paint(canvas, values, width, height) {
    const context = canvas.getContext('2d');
    const pixels = context.createImageData(width, height);
    const colours = palette(state.colours);
    for (let i = 0; i < values.length; i += 1) {
      const colour = 3 * Math.round(255 * values[i]);
      pixels.data[4 * i] = colours[colour];
      pixels.data[4 * i + 1] = colours[colour + 1];
      pixels.data[4 * i + 2] = colours[colour + 2];
      pixels.data[4 * i + 3] = 255;
    }
    context.putImageData(pixels, 0, 0);
  }

  /* For a correct prediction the true class is the predicted one, and there is one map for both. */
  function ofTarget(parts, image) {
    if (!parts || state.show === 'none') {
      return undefined;
    }
    return parts[state.show === 'true' && image.label === image.predicted ? 'predicted' : state.show];
  }

  function draw(frame) {
    const key = state.show + ' ' + state.colours;
    if (frame.drawn === key) {
      return;
    }
    frame.drawn = key;
    const map = ofTarget(frame.image.maps, frame.image);
    frame.canvas.hidden = !map;
    frame.note.textContent = '';
    if (map) {
      const values = positive(map);
      paint(frame.canvas, stretch(values, map.h, map.w, CANVAS), CANVAS, CANVAS);
      frame.note.textContent = map.empty ? 'nothing speaks for this class' : '';
      root.dataset.drawn = String(Number(root.dataset.drawn || 0) + 1);
    } else if (state.show !== 'none' && frame.image.label !== undefined) {
      frame.note.textContent = 'no heatmap';
    }
    if (frame.measures) {
      frame.measures.textContent = measures(ofTarget(frame.image.attention, frame.image));
    }
  }

  function measures(attention) {
    if (!attention) {
      return '';
    }
    const parts = [];
    if (attention.inside !== undefined) {
      parts.push('in mask ' + percent(attention.inside) + ' (area ' + percent(attention.maskArea) + ')');
    }
    if (attention.border !== undefined) {
      parts.push('border ' + percent(attention.border));
    }
    if (attention.entropy !== undefined) {
      parts.push('entropy ' + percent(attention.entropy));
    }
    return parts.map(part => part.replace(/ /g, '\u00a0')).join(' · ');
  }

  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries) {
      const frame = entry.target.frame;
      frame.near = entry.isIntersecting;
      if (frame.near) {
        draw(frame);
      }
    }
  }, { rootMargin: MARGIN + 'px' });

  /* The frames in sight at the start are drawn at once; the watcher sees to those that come into sight. */
  function watch() {
    for (const frame of frames) {
      const place = frame.box.getBoundingClientRect();
      frame.near = place.bottom > -MARGIN && place.top < window.innerHeight + MARGIN;
      watcher.observe(frame.box);
    }
  }

  /* ---- cards ---- */

  function picture(image) {
    const box = make('div', 'frame');
    const photograph = make('img');
    photograph.loading = 'lazy';
    photograph.alt = image.label === undefined ? image.path : image.label;
    photograph.src = 'assets/photographs/' + image.photograph;
    const canvas = make('canvas', 'heat');
    canvas.width = CANVAS;
    canvas.height = CANVAS;
    canvas.setAttribute('aria-hidden', 'true');
    const note = make('p', 'note');
    box.append(photograph, canvas, note);
    const frame = { box, canvas, note, image, drawn: '', near: false };
    box.frame = frame;
    frames.push(frame);
    return frame;
  }

  function naming(kind, name, probability) {
    const line = make('p', 'naming ' + kind);
    const label = make('span', 'class', name);
    label.dir = 'auto';
    line.append(make('span', 'role', kind), label, make('span', 'p', percent(probability)));
    return line;
  }

  function topFive(image) {
    const list = make('ol', 'top');
    list.setAttribute('aria-label', 'Best classes');
    for (const [index, probability] of image.top5) {
      const name = report.classes[index];
      const line = make('li', name === image.label ? 'hit' : name === image.predicted ? 'miss' : '');
      const label = make('span', 'class', name);
      label.dir = 'auto';
      label.title = name;
      const bar = make('span', 'bar');
      const fill = make('span', 'fill');
      fill.style.width = (100 * probability).toFixed(1) + '%';
      bar.append(fill);
      line.append(label, bar, make('span', 'p', percent(probability)));
      list.append(line);
    }
    return list;
  }

  function card(image) {
    const right = image.label === image.predicted;
    const article = make('article', 'image ' + (right ? 'right' : 'wrong'));
    article.tabIndex = 0;
    article.setAttribute('aria-label', right
      ? 'correct: ' + image.label : 'error: ' + image.label + ' taken for ' + image.predicted);
    const frame = picture(image);
    frame.measures = make('p', 'measures');
    const body = make('div', 'body');
    if (right) {
      body.append(naming('correct', image.label, image.pPredicted));
    } else {
      body.append(naming('predicted', image.predicted, image.pPredicted), naming('true', image.label, image.pLabel));
    }
    body.append(topFive(image), frame.measures);
    const path = make('p', 'path', image.split + ' · ' + image.path);
    path.title = image.path;
    body.append(path);
    article.append(frame.box, body);
    article.search = (image.label + '\n' + image.predicted).toLowerCase();
    return article;
  }

  function thumbnail(image) {
    const figure = make('figure', 'thumbnail');
    const text = image.label === undefined ? image.path
      : image.label === image.predicted ? image.label : image.label + ' → ' + image.predicted;
    const caption = make('figcaption', '', text);
    caption.title = image.path;
    figure.append(picture(image).box, caption);
    return figure;
  }

  function fill() {
    for (const place of document.querySelectorAll('[data-gallery]')) {
      const shown = report.galleries[place.dataset.gallery] || [];
      const build = place.classList.contains('gallery') ? card : thumbnail;
      place.append(...shown.map(position => build(report.images[position])));
    }
    root.dataset.cards = String(document.querySelectorAll('article.image').length);
  }

  /* ---- the toolbar ---- */

  function apply() {
    const form = document.getElementById('toolbar');
    form.elements.show.value = state.show;
    form.elements.opacity.value = state.opacity;
    form.elements.shown.value = state.opacity + ' %';
    form.elements.colours.value = state.colours;
    root.style.setProperty('--heat', state.opacity / 100);
    frames.filter(frame => frame.near).forEach(draw);
    paint(form.querySelector('.legend'), legend(), 128, 8);
  }

  function legend() {
    return Float32Array.from({ length: 128 * 8 }, (unused, i) => i % 128 / 127);
  }

  function filter(text) {
    state.filter = text;
    const form = document.getElementById('toolbar');
    form.elements.filter.value = text;
    const wanted = text.trim().toLowerCase();
    let matches = 0;
    for (const place of document.querySelectorAll('.gallery')) {
      let shown = 0;
      for (const article of place.children) {
        article.hidden = !article.search.includes(wanted);
        shown += article.hidden ? 0 : 1;
      }
      place.nextElementSibling.hidden = shown > 0 || place.children.length === 0;
      matches += shown;
    }
    form.elements.found.value = wanted ? matches + (matches === 1 ? ' image' : ' images') : '';
  }

  function listen() {
    const form = document.getElementById('toolbar');
    form.addEventListener('submit', event => event.preventDefault());
    form.addEventListener('input', event => {
      if (event.target.name === 'filter') {
        filter(event.target.value);
      } else {
        state[event.target.name] = event.target.name === 'opacity' ? Number(event.target.value) : event.target.value;
        apply();
      }
    });
    document.addEventListener('click', event => {
      const name = event.target.closest('[data-filter]');
      if (name) {
        filter(name.dataset.filter);
        document.getElementById('images').scrollIntoView();
      }
    });
    document.addEventListener('keydown', key);
    window.addEventListener('beforeprint', () => frames.forEach(draw));
  }

  const KEYS = {
    p: () => { state.show = 'predicted'; },
    t: () => { state.show = 'true'; },
    n: () => { state.show = 'none'; },
    '+': () => { state.opacity = Math.min(100, state.opacity + 10); },
    '-': () => { state.opacity = Math.max(0, state.opacity - 10); },
    '/': () => document.getElementById('toolbar').elements.filter.focus(),
  };

  function key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, select')) {
      return;
    }
    const action = KEYS[event.key];
    if (action) {
      event.preventDefault();
      action();
      apply();
    } else if (event.target.matches('article.image')) {
      walk(event);
    }
  }

  /* Arrow keys go to the next card in reading order; up and down go to the card above or below. */
  function walk(event) {
    const cards = [...event.target.parentElement.children].filter(article => !article.hidden);
    const row = cards.filter(article => article.offsetTop === cards[0].offsetTop).length;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row }[event.key];
    const next = steps === undefined ? undefined : cards[cards.indexOf(event.target) + steps];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

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

  /* ---- start ---- */

  function broken(text) {
    const notice = document.getElementById('broken');
    notice.textContent = text;
    notice.hidden = false;
    failed(text);
  }

  document.addEventListener('DOMContentLoaded', () => {
    report = window.GAZECHECK;
    document.querySelectorAll('table.sortable').forEach(sortable);
    if (!report) {
      broken('assets/data.js is missing: keep the folder assets beside index.html.');
    } else if (report.id !== root.dataset.report) {
      broken('index.html and assets/ are of different reports: write the report again.');
    } else {
      fill();
      listen();
      watch();
      apply();
      root.dataset.ready = 'true';
    }
  });
})();
