
/* ---- heatmaps: they come in blocks, in scripts that call GAZECHECK.maps and GAZECHECK.details ---- */

const BLOCK = 256;
const CANVAS = 128;
/* Heatmaps are smooth: on small pictures this many pixels a side, which the browser stretches smoothly, look the same. */
const SMALL_CANVAS = 64;
const blocks = new Map();

/* What Base64 stands for; without a list in between, which would take many times as much. */
function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < bytes.length; k += 1) {
    bytes[k] = text.charCodeAt(k);
  }
  return bytes;
}

function unpacked(maps) {
  const bytes = atob(maps.steps);
  const steps = new Int16Array(bytes.length / 2);
  for (let k = 0; k < steps.length; k += 1) {
    steps[k] = bytes.charCodeAt(2 * k) | bytes.charCodeAt(2 * k + 1) << 8;
  }
  return { h: maps.h, w: maps.w, scales: Float32Array.from(maps.scales), steps };
}

function receive(part, number, { masks, neighbours, ...targets }) {
  const block = blocks.get(number);
  for (const [target, maps] of Object.entries(targets)) {
    block.targets.set(target, unpacked(maps));
  }
  block.masks = masks ? outlines(masks) : block.masks;
  block.neighbours = neighbours || block.neighbours;
  block.there.add(part);
  block.waiting[part].splice(0).forEach(callback => callback());
}

function load(part, number) {
  const script = make('script');
  script.src = 'assets/' + part + '-' + String(number).padStart(4, '0') + '.js';
  script.addEventListener('load', () => script.remove());
  document.head.append(script);
}

/* Calls back, at once or later, when a part of an image's block is there: its maps, or its details. */
function whenThere(part, i, callback) {
  const number = Math.floor(i / BLOCK);
  const block = kept(blocks, number, () => ({ targets: new Map(), masks: null, neighbours: {}, there: new Set(),
    asked: new Set(), waiting: { maps: [], details: [] } }));
  if (block.there.has(part)) {
    callback();
    return;
  }
  block.waiting[part].push(callback);
  if (!block.asked.has(part)) {
    block.asked.add(part);
    if (report.blocks) {
      receive(part, number, report.blocks[number]);
    } else {
      load(part, number);
    }
  }
}

/* When the heatmap for the predicted class is there. */
function whenMapped(i, callback) {
  whenThere('maps', i, callback);
}

/* When everything is: every heatmap, the outline, and what is most alike. */
function whenDetailed(i, callback) {
  whenThere('maps', i, () => whenThere('details', i, callback));
}

/* When what is shown so is there. */
function whenShown(i, show, callback) {
  (show === 'predicted' ? whenMapped : whenDetailed)(i, callback);
}

function raw(i, target) {
  return rawOf(blocks.get(Math.floor(i / BLOCK)).targets.get(target), i % BLOCK);
}

/* The map at a place of a block, or null. */
function rawOf(maps, place) {
  const scale = maps ? maps.scales[place] : 0;
  if (!scale) {
    return null;
  }
  const cells = maps.h * maps.w;
  const values = Float32Array.from(maps.steps.subarray(place * cells, (place + 1) * cells), s => s * scale);
  return { h: maps.h, w: maps.w, values };
}

function heatmap(i, show) {
  return heatmapOf(target => raw(i, target), show);
}

/* "predicted", "true" or "contrast" (predicted rather than true): positive part, divided by its maximum. */
function heatmapOf(mapOf, show) {
  const map = mapOf(show === 'contrast' ? 'predicted' : show);
  if (!map) {
    return null;
  }
  let values = map.values;
  if (show === 'contrast') {
    const other = mapOf('true');
    if (!other) {
      return null;
    }
    values = values.map((v, k) => v - other.values[k]);
  }
  values = values.map(v => Math.max(0, v));
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  return { h: map.h, w: map.w, empty: largest === 0, values: largest > 0 ? values.map(v => v / largest) : values };
}

/* Pixels to draw in, used again and again: one set for each size. */
const stretched = new Map();
const drawings = new Map();

function kept(map, key, made) {
  if (!map.has(key)) {
    map.set(key, made());
  }
  return map.get(key);
}

/* Bilinear, with the centres of cells and pixels aligned; at the rim the outermost cells go on. Holds until the next of this size. */
function stretch(values, h, w, size) {
  const out = kept(stretched, size, () => new Float32Array(size * size));
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

/* Positions of the images most like one, the nearest first; its block must be there. */
function neighboursOf(i, by) {
  return (blocks.get(Math.floor(i / BLOCK)).neighbours[by] || [])[i % BLOCK] || [];
}

/* What is below the threshold stays clear. */
function paint(canvas, values, width, height, threshold = 0) {
  const context = canvas.getContext('2d');
  const pixels = kept(drawings, width + ' ' + height, () => context.createImageData(width, height));
  const colours = palette(view.colours);
  for (let i = 0; i < values.length; i += 1) {
    const colour = 3 * Math.round(255 * values[i]);
    pixels.data[4 * i] = colours[colour];
    pixels.data[4 * i + 1] = colours[colour + 1];
    pixels.data[4 * i + 2] = colours[colour + 2];
    pixels.data[4 * i + 3] = values[i] < threshold ? 0 : 255;
  }
  context.putImageData(pixels, 0, 0);
}

function canvas(className, side = CANVAS) {
  const element = make('canvas', className);
  element.side = side;
  element.width = side;
  element.height = side;
  element.hidden = true;
  element.setAttribute('aria-hidden', 'true');
  return element;
}

/* Gives up the pixels of heatmaps that are out of sight, until they are drawn again. */
function forget(figure) {
  figure.querySelectorAll('canvas.heat').forEach(place => {
    place.width = 0;
    place.drawn = '';
  });
}

/* Draws one heatmap, or hides the canvas and says in the note why there is none. */
function drawHeat(place, note, i, show) {
  const key = i + ' ' + show + ' ' + view.colours + view.threshold;
  if (place.drawn === key) {
    return;
  }
  place.drawn = key;
  note.textContent = '';
  if (show === 'none' || !isPrediction(i)) {
    place.hidden = true;
    return;
  }
  whenShown(i, show, () => {
    if (place.drawn !== key) {
      return;
    }
    drawMap(place, note, heatmap(i, show), show);
  });
}

function drawMap(place, note, map, show) {
  place.hidden = !map;
  if (!map) {
    note.textContent = 'no heatmap';
    return;
  }
  const { side } = place;
  place.width = side;
  place.height = side;
  paint(place, stretch(map.values, map.h, map.w, side), side, side, view.threshold / 100);
  note.textContent = !map.empty ? ''
    : show === 'contrast' ? 'no evidence for one class over the other' : 'no evidence for this class';
  root.dataset.drawn = String(Number(root.dataset.drawn || 0) + 1);
}

/* ---- outlines of masks: rings of corners in a square of 255 units ---- */

/* The bytes of a block's outlines, and where those of each image begin. */
function outlines({ lengths, rings, missing }) {
  const from = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, k) => { from[k + 1] = from[k] + length; });
  return { from, bytes: bytesOf(rings), missing };
}

/* The path of an image's outline, or '' where it has none; its block must be there. */
function outline(i) {
  const { masks } = blocks.get(Math.floor(i / BLOCK));
  const path = [];
  if (masks === null) {
    return '';
  }
  const { from, bytes } = masks;
  for (let at = from[i % BLOCK]; at < from[i % BLOCK + 1];) {
    const corners = bytes[at] | bytes[at + 1] << 8;
    const points = [];
    for (let k = at + 2; k < at + 2 + 2 * corners; k += 2) {
      points.push(bytes[k] + ' ' + bytes[k + 1]);
    }
    path.push('M' + points.join('L') + 'Z');
    at += 2 + 2 * corners;
  }
  return path.join('');
}

/* Where the mask of an image comes from, or why there is none. */
function maskLine(i) {
  if (report.masks.origin === 'none') {
    return 'no mask: ' + report.masks.missing;
  }
  const { masks } = blocks.get(Math.floor(i / BLOCK));
  const why = masks ? masks.missing[i % BLOCK] : 'the report holds none';
  const origin = report.masks.origin === 'both' ? 'given, or estimated where none is' : report.masks.origin;
  return why === undefined ? 'mask: ' + origin : 'no mask: ' + why;
}

const SVG = 'http://www.w3.org/2000/svg';

/* Two lines, a light one on a dark one, so that it is seen on everything. */
function outlineDrawing() {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('class', 'outline');
  drawing.setAttribute('viewBox', '0 0 255 255');
  drawing.setAttribute('aria-hidden', 'true');
  for (const name of ['halo', 'line']) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', name);
    drawing.append(path);
  }
  return drawing;
}

function drawOutline(drawing, i) {
  drawing.classList.toggle('off', !view.outline);
  if (!isPrediction(i) || drawing.drawn === i) {
    return;
  }
  drawing.drawn = i;
  whenDetailed(i, () => {
    const path = outline(i);
    for (const line of drawing.children) {
      line.setAttribute('d', path);
    }
  });
}
