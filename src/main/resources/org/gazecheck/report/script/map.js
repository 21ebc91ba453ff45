
/* ---- map of the images: a point each, alike ones near each other; what is drawn around on it is a filter ---- */

/* Ten colours that keep apart on light and dark; further ones are spread over the hues. */
const POINT_COLOURS = ['#3b78c3', '#e07b1f', '#2f9b56', '#c8413c', '#8a63c2', '#8c6650', '#d45fa5', '#7f8a1e', '#1aa3b5', '#b08d00'];

function pointColour(k) {
  return k < POINT_COLOURS.length ? POINT_COLOURS[k] : 'hsl(' + Math.round(k * 137.508 % 360) + ' 55% ' + (42 + 18 * (k % 2)) + '%)';
}

/* Coordinates go from 0 to 10000; the window has a rim around them. */
const MAP_RIM = 300;
const MAP_SIDE = 10000 + 2 * MAP_RIM;

/* Whether a place lies in a polygon [x, y, x, y, ...], by the crossings of a ray. */
function inPolygon(polygon, x, y) {
  let inside = false;
  for (let a = 0, b = polygon.length - 2; a < polygon.length; b = a, a += 2) {
    if (polygon[a + 1] > y !== polygon[b + 1] > y
      && x < (polygon[b] - polygon[a]) * (y - polygon[a + 1]) / (polygon[b + 1] - polygon[a + 1]) + polygon[a]) {
      inside = !inside;
    }
  }
  return inside;
}

/* "features:x,y,x,y": what was drawn around on a map; null where the text says nothing of the kind. */
function drawnOf(text) {
  const [map, corners] = text.split(':');
  const polygon = (corners || '').split(',').map(Number);
  const known = report.imageMaps && ['features', 'heatmap'].includes(map) && !report.imageMaps[map].none;
  return known && polygon.length >= 6 && polygon.length % 2 === 0 && polygon.every(Number.isFinite) ? { map, polygon } : null;
}

/* The images in what was drawn around. */
function insideDrawn(text) {
  const drawn = drawnOf(text);
  const inside = new Set();
  if (drawn) {
    const { x, y } = report.imageMaps[drawn.map];
    for (let i = 0; i < x.length; i += 1) {
      if (x[i] >= 0 && inPolygon(drawn.polygon, x[i], y[i])) {
        inside.add(i);
      }
    }
  }
  return inside;
}

const imageMap = (() => {
  const SHOWN = 24;
  const CLICK = 5;
  const REACH = 12;
  const MOST_ZOOM = 40;
  const CORNERS = 60;
  let section = null;
  let form = null;
  let place = null;
  let points = null;
  let over = null;
  let hint = null;
  let visible = false;
  let stale = true;
  let part = { x: -MAP_RIM, y: -MAP_RIM, side: MAP_SIDE };
  let dragging = null;
  let colouring = null;
  let regions = { key: '', found: [] };

  function map() {
    return report.imageMaps[view.map];
  }

  /* What points can be coloured by: the names, and which of them an image has (-1 for none). */
  const COLOURINGS = {
    label: ['true class', () => ({ names: report.classes, key: 'label', of: i => report.images.label[i] })],
    predicted: ['predicted class', () => ({ names: report.classes, key: 'predicted', of: i => report.images.predicted[i] })],
    outcome: ['outcome', () => ({ names: ['correct', 'error', 'unlabelled'], key: 'outcome',
      colours: ['--right', '--wrong', '--muted'].map(name => getComputedStyle(root).getPropertyValue(name).trim()),
      of: i => (isCorrect(i) ? 0 : isWrong(i) ? 1 : 2) })],
    confidence: ['confidence', () => ({ names: [], of: i => Math.min(19, Math.floor(20 * report.images.pPredicted[i])),
      colours: Array.from({ length: 20 }, (unused, k) => {
        const at = 3 * Math.round(40 + k * 190 / 19);
        return 'rgb(' + palette('viridis').slice(at, at + 3).join(' ') + ')';
      }) })],
    split: ['split', () => {
      const names = [...new Set(report.images.split)];
      const index = new Map(names.map((name, k) => [name, k]));
      return { names, key: 'split', of: i => index.get(report.images.split[i]) };
    }],
    cluster: ['heatmap cluster', () => ({ names: report.clusters.names, key: 'cluster', of: i => report.clusters.of[i] })],
    finding: ['finding or story', () => {
      const { options, lists } = facets.get('finding');
      const texts = new Map(options.map(({ value, text }) => [value, text]));
      return { names: options.map(({ value }) => value), key: 'finding', text: value => texts.get(value),
        of: i => (lists[i].length > 0 ? lists[i][0] : -1) };
    }],
  };

  function colours() {
    return Object.keys(COLOURINGS).filter(id => id !== 'cluster' || report.clusters)
      .filter(id => id !== 'finding' || Object.keys(report.findings).length > 0);
  }

  function colour() {
    const [, made] = COLOURINGS[view.mapColour];
    colouring = made();
    const counts = new Int32Array(Math.max(colouring.names.length, 20));
    const { x } = map();
    colouring.values = Int16Array.from(x, (unused, i) => colouring.of(i));
    colouring.values.forEach((value, i) => {
      if (value >= 0 && x[i] >= 0) {
        counts[value] += 1;
      }
    });
    if (!colouring.colours) {
      const order = [...colouring.names.keys()].sort((a, b) => counts[b] - counts[a] || a - b);
      colouring.colours = [];
      order.forEach((value, k) => { colouring.colours[value] = pointColour(k); });
    }
    colouring.counts = counts;
  }

  /* A colour as it lies in the pixels of a canvas. */
  function pixelOf(text, context) {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = text;
    context.fillRect(0, 0, 1, 1);
    return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0];
  }

  function toCanvas(value, from) {
    return (value - from) * points.width / part.side;
  }

  /* Pixels are set directly: ten thousand points in a few milliseconds without a graphics card. */
  function drawPoints() {
    const began = performance.now();
    const context = points.getContext('2d', { willReadFrequently: true });
    const { width, height } = points;
    const { x, y } = map();
    const colours = colouring.colours.map(text => pixelOf(text, context));
    const faint = pixelOf('rgb(128 128 128 / 0.28)', context);
    const grey = pixelOf(getComputedStyle(root).getPropertyValue('--muted').trim(), context);
    const picture = context.createImageData(width, height);
    const pixels = new Uint32Array(picture.data.buffer);
    const wanted = new Uint8Array(x.length);
    chosen.forEach(i => { wanted[i] = 1; });
    const zoom = Math.sqrt(MAP_SIDE / part.side);
    const radius = devicePixelRatio * Math.min(7, zoom * (x.length > 4000 ? 1.8 : x.length > 1000 ? 2.4 : 3.6));
    const reach = Math.ceil(radius);
    const stamp = [];
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) {
        if (dx * dx + dy * dy <= radius * radius) {
          stamp.push(dx, dy);
        }
      }
    }
    for (const pass of [0, 1]) {
      for (let i = 0; i < x.length; i += 1) {
        if (x[i] < 0 || wanted[i] !== pass) {
          continue;
        }
        const cx = Math.round(toCanvas(x[i], part.x));
        const cy = Math.round(toCanvas(y[i], part.y));
        if (cx < -reach || cy < -reach || cx >= width + reach || cy >= height + reach) {
          continue;
        }
        const value = colouring.values[i];
        const pixel = pass === 0 ? faint : value < 0 ? grey : colours[value];
        for (let k = 0; k < stamp.length; k += 2) {
          const px = cx + stamp[k];
          const py = cy + stamp[k + 1];
          if (px >= 0 && py >= 0 && px < width && py < height) {
            pixels[py * width + px] = pixel;
          }
        }
      }
    }
    context.putImageData(picture, 0, 0);
    root.dataset.mapMilliseconds = (performance.now() - began).toFixed(1);
  }

  /* Lines around where most of a colour lies, with its name: of all images on the map, whatever the filters leave. */
  function drawRegions(context) {
    const key = view.map + ' ' + view.mapColour;
    if (regions.key !== key) {
      regions = { key, found: regionsOf(colouring, map()) };
    }
    const style = getComputedStyle(root);
    const { names, text, colours } = colouring;
    context.lineWidth = 2 * devicePixelRatio;
    context.font = 12 * devicePixelRatio + 'px ' + getComputedStyle(place).fontFamily;
    context.textAlign = 'center';
    for (const { value, lines, at: [x, y] } of regions.found) {
      context.strokeStyle = names.length === 0 ? style.getPropertyValue('--ink').trim() : colours[value];
      context.beginPath();
      for (const [ax, ay, bx, by] of lines) {
        context.moveTo(toCanvas(ax, part.x), toCanvas(ay, part.y));
        context.lineTo(toCanvas(bx, part.x), toCanvas(by, part.y));
      }
      context.stroke();
      if (names.length > 0) {
        const name = text ? text(names[value]) : names[value];
        const short = isolated(name.length > 26 ? name.slice(0, 25) + '\u2026' : name);
        context.strokeStyle = style.getPropertyValue('--surface').trim();
        context.lineWidth = 4 * devicePixelRatio;
        context.strokeText(short, toCanvas(x, part.x), toCanvas(y, part.y));
        context.fillStyle = style.getPropertyValue('--ink').trim();
        context.fillText(short, toCanvas(x, part.x), toCanvas(y, part.y));
        context.lineWidth = 2 * devicePixelRatio;
      }
    }
    root.dataset.regions = String(regions.found.length);
  }

  /* What was drawn around, or is being drawn around. */
  function drawOver() {
    const context = over.getContext('2d');
    context.clearRect(0, 0, over.width, over.height);
    if (view.regions && !map().none) {
      drawRegions(context);
    }
    const before = drawnOf(criteria.drawn);
    const polygon = dragging && dragging.polygon.length > 2 ? dragging.polygon : before && before.map === view.map ? before.polygon : [];
    if (polygon.length < 4) {
      return;
    }
    context.beginPath();
    for (let k = 0; k < polygon.length; k += 2) {
      context.lineTo(toCanvas(polygon[k], part.x), toCanvas(polygon[k + 1], part.y));
    }
    context.closePath();
    const accent = getComputedStyle(root).getPropertyValue('--accent').trim();
    context.globalAlpha = 0.12;
    context.fillStyle = accent;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1.5 * devicePixelRatio;
    context.strokeStyle = accent;
    context.stroke();
  }

  function size() {
    const side = Math.round(place.clientWidth * devicePixelRatio);
    const tall = Math.round(place.clientHeight * devicePixelRatio);
    for (const layer of [points, over]) {
      if (layer.width !== side || layer.height !== tall) {
        layer.width = side;
        layer.height = tall;
      }
    }
    return side > 0 && tall > 0;
  }

  function draw() {
    stale = true;
    if (!report.imageMaps || !visible || !size()) {
      return;
    }
    stale = false;
    form.elements.map.value = view.map;
    form.elements.colour.value = view.mapColour;
    form.elements.regions.checked = view.regions;
    const none = map().none;
    document.getElementById('map-none').textContent = none ? 'No such map: ' + none + '.' : '';
    colour();
    drawPoints();
    drawOver();
    say();
    legend();
    strip();
  }

  function say() {
    const { placed, trustworthiness, x } = map();
    const { images, sampled } = report.imageMaps;
    const there = x.reduce((sum, value) => sum + (value >= 0 ? 1 : 0), 0);
    const on = chosen.reduce((sum, i) => sum + (x[i] >= 0 ? 1 : 0), 0);
    const asked = [...document.querySelectorAll('#chips button')].map(chip => chip.textContent.replace(' \u2715', ''));
    form.elements.on.value = count(on) + ' of ' + count(there) + ' images on the map' + (asked.length > 0 ? '; ' + asked.join(', ') : '');
    form.elements.all.hidden = asked.length === 0;
    document.getElementById('map-says').textContent = (sampled < images ? 'A sample of ' + count(sampled) + ' of ' + count(images)
      + ' images. ' : '') + (there < placed ? count(there) + ' of them are in this report. ' : '')
      + (trustworthiness === null ? '' : 'Trustworthiness ' + trustworthiness.toFixed(2)
      + ' (1: nobody near here is far in truth; 0.5: says nothing). ')
      + 'Near means alike; how far groups lie apart, and how large they look, means nothing.';
    form.elements.clear.disabled = criteria.drawn === '';
  }

  /* The same by keyboard: every colour with its count, a filter each. */
  function legend() {
    const list = document.getElementById('map-legend');
    const { names, key, text, colours, counts } = colouring;
    const { x } = map();
    const among = new Int32Array(counts.length);
    chosen.forEach(i => {
      if (x[i] >= 0 && colouring.values[i] >= 0) {
        among[colouring.values[i]] += 1;
      }
    });
    if (names.length === 0) {
      const bar = make('li', 'map-scale');
      bar.style.background = 'linear-gradient(to right, ' + colours.join(', ') + ')';
      list.replaceChildren(make('li', 'hint', 'confidence from 0 to 100\u00a0%'), bar);
      return;
    }
    const order = [...names.keys()].filter(k => counts[k] > 0).sort((a, b) => counts[b] - counts[a] || a - b);
    list.replaceChildren(...order.map(k => {
      const line = make('li');
      const button = make('button', 'facet');
      button.type = 'button';
      button.setAttribute('aria-pressed', String(isWanted(key, names[k])));
      const dot = make('span', 'dot');
      dot.style.background = colours[k];
      button.append(dot, untrusted('span', 'class', text ? text(names[k]) : names[k]),
        make('span', 'n', among[k] === counts[k] ? count(counts[k]) : count(among[k]) + ' of ' + count(counts[k])));
      button.addEventListener('click', () => {
        toggleWanted(key, names[k]);
        const before = order.indexOf(k);
        changed();
        const again = list.children[before];
        if (again) {
          again.firstChild.focus();
        }
      });
      line.append(button);
      return line;
    }));
  }

  /* The first of what is chosen, beside the map. */
  function strip() {
    const row = document.getElementById('map-chosen');
    const { x } = map();
    const on = chosen.filter(i => x[i] >= 0);
    const figures = on.slice(0, SHOWN).map(i => thumbnail(i, on));
    row.replaceChildren(...figures);
    figures.forEach(figure => figure.draw());
    document.getElementById('map-all').textContent = on.length > SHOWN ? 'The first ' + SHOWN + ' of ' + count(on.length) + '.' : '';
  }

  function at(event) {
    const box = place.getBoundingClientRect();
    const perPixel = part.side / box.width;
    return [part.x + (event.clientX - box.left) * perPixel, part.y + (event.clientY - box.top) * perPixel, perPixel];
  }

  /* The image of the nearest point within reach, one that is chosen before others; -1 for none. */
  function nearest(event) {
    const [px, py, perPixel] = at(event);
    const { x, y } = map();
    const wanted = new Set(chosen);
    let best = -1;
    let least = (REACH * perPixel) ** 2;
    for (let i = 0; i < x.length; i += 1) {
      const d = x[i] < 0 ? Infinity : ((x[i] - px) ** 2 + (y[i] - py) ** 2) * (wanted.has(i) ? 1 : 4);
      if (d < least) {
        least = d;
        best = i;
      }
    }
    return best;
  }

  function hover(event) {
    const i = nearest(event);
    hint.hidden = i < 0;
    place.style.cursor = i < 0 ? '' : 'pointer';
    if (i < 0) {
      hint.image = -1;
      return;
    }
    if (hint.image !== i) {
      hint.image = i;
      const picture = frame(i);
      hint.replaceChildren(picture.box, make('p', '', described(i)), make('p', 'hint', 'confidence ' + shown('confidence',
        report.images.pPredicted[i]) + ' \u00b7 ' + report.images.split[i]));
      picture.draw();
    }
    const box = place.getBoundingClientRect();
    const left = event.clientX - box.left;
    const top = event.clientY - box.top;
    hint.style.left = (left > box.width / 2 ? left - 176 : left + 16) + 'px';
    hint.style.top = Math.max(0, Math.min(box.height - 230, top - 60)) + 'px';
  }

  function zoomTo(factor, [cx, cy]) {
    const side = Math.min(MAP_SIDE, Math.max(MAP_SIDE / MOST_ZOOM, part.side * factor));
    const ratio = side / part.side;
    moveTo(cx - (cx - part.x) * ratio, cy - (cy - part.y) * ratio, side);
  }

  function moveTo(x, y, side) {
    const inside = value => Math.max(-MAP_RIM, Math.min(MAP_SIDE - MAP_RIM - side, value));
    part = { x: inside(x), y: inside(y), side };
    soon();
  }

  let waiting = false;

  function soon() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        drawPoints();
        drawOver();
      });
    }
  }

  function centre() {
    return [part.x + part.side / 2, part.y + part.side / 2];
  }

  function down(event) {
    if (event.button !== 0 || map().none) {
      return;
    }
    const [x, y] = at(event);
    const tool = event.shiftKey ? 'move' : form.elements.tool.value;
    dragging = { tool, from: [x, y], start: [event.clientX, event.clientY], part, polygon: [], moved: false };
    place.setPointerCapture(event.pointerId);
    hint.hidden = true;
  }

  function move(event) {
    if (!dragging) {
      hover(event);
      return;
    }
    const by = [event.clientX - dragging.start[0], event.clientY - dragging.start[1]];
    dragging.moved = dragging.moved || Math.hypot(...by) > CLICK;
    const [x, y, perPixel] = at(event);
    const [fx, fy] = dragging.from;
    if (dragging.tool === 'move') {
      moveTo(dragging.part.x - by[0] * perPixel, dragging.part.y - by[1] * perPixel, part.side);
    } else if (dragging.tool === 'rectangle') {
      dragging.polygon = [fx, fy, x, fy, x, y, fx, y].map(Math.round);
      drawOver();
    } else {
      dragging.polygon.push(Math.round(x), Math.round(y));
      drawOver();
    }
  }

  /* So few corners that the address stays short. */
  function simplified(polygon) {
    const every = Math.ceil(polygon.length / 2 / CORNERS);
    return polygon.filter((unused, k) => Math.floor(k / 2) % every === 0);
  }

  function up(event) {
    const done = dragging;
    dragging = null;
    if (!done) {
      return;
    }
    if (!done.moved) {
      const i = nearest(event);
      if (i >= 0) {
        const { x } = map();
        detail.show(i, chosen.includes(i) ? chosen.filter(each => x[each] >= 0) : [i]);
      }
      drawOver();
    } else if (done.tool !== 'move' && done.polygon.length >= 6) {
      criteria.drawn = view.map + ':' + simplified(done.polygon).join(',');
      changed();
    }
  }

  function key(event) {
    const step = part.side / 8;
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (by) {
      event.preventDefault();
      moveTo(part.x + by[0], part.y + by[1], part.side);
    } else if (event.key === '+' || event.key === '-') {
      event.preventDefault();
      event.stopPropagation();
      zoomTo(event.key === '+' ? 1 / 1.5 : 1.5, centre());
    } else if (event.key === 'Escape') {
      dragging = null;
      drawOver();
    }
  }

  function start() {
    section = document.getElementById('map');
    form = document.getElementById('map-tools');
    place = document.getElementById('map-place');
    if (!report.imageMaps) {
      document.getElementById('map-none').textContent = 'This run has no map of its images: gazecheck audit makes it.';
      section.querySelectorAll('form, .map-parts').forEach(part => { part.hidden = true; });
      return;
    }
    [points, over] = place.querySelectorAll('canvas');
    hint = place.querySelector('.map-hint');
    form.elements.colour.append(...colours().map(id => option(id, COLOURINGS[id][0])));
    form.addEventListener('submit', event => event.preventDefault());
    form.addEventListener('input', event => {
      const { name, value, checked } = event.target;
      if (name === 'map' || name === 'colour' || name === 'regions') {
        view[name === 'colour' ? 'mapColour' : name] = name === 'regions' ? checked : value;
        draw();
        remember();
      }
    });
    form.elements.nearer.addEventListener('click', () => zoomTo(1 / 1.5, centre()));
    form.elements.farther.addEventListener('click', () => zoomTo(1.5, centre()));
    form.elements.all.addEventListener('click', () => {
      usePreset('all');
      changed();
    });
    form.elements.clear.addEventListener('click', () => {
      criteria.drawn = '';
      changed();
    });
    place.addEventListener('pointerdown', down);
    place.addEventListener('pointermove', move);
    place.addEventListener('pointerup', up);
    place.addEventListener('pointercancel', () => { dragging = null; drawOver(); });
    place.addEventListener('pointerleave', () => { hint.hidden = true; });
    place.addEventListener('keydown', key);
    place.addEventListener('wheel', event => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        zoomTo(event.deltaY < 0 ? 1 / 1.25 : 1.25, at(event));
      }
    }, { passive: false });
    new ResizeObserver(() => visible && draw()).observe(place);
    new IntersectionObserver(entries => {
      visible = entries[entries.length - 1].isIntersecting;
      if (visible && stale) {
        draw();
      }
    }, { rootMargin: '200px' }).observe(section);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  }

  return { start, draw, colours };
})();
