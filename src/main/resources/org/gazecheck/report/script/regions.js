
/* ---- regions of the map: where most of the points of a colour lie, and what it is called ---- */

/*
 * The density of a colour's points is a histogram of so many cells a side, smoothed by a Gaussian kernel, as wide as Scott's rule says
 * (1992: spread times n to the power of -1/6) within bounds, in cells; its region is where the density is at least that at which this
 * share of the points lies: a highest-density region (Hyndman 1996).
 */
const REGION_CELLS = 96;
const REGION_KERNEL = [1.6, 6];
const REGION_SHARE = 0.75;
/* Points that a colour must have, and the most colours that get regions: more could not be told apart. */
const REGION_LEAST = 8;
const REGION_MOST = 12;

function middle(values) {
  return values.sort()[Math.floor(values.length / 2)];
}

/* The standard deviation of a normal distribution with the same median deviation, which a few far points do not change. */
function spreadOf(values) {
  const centre = middle(Float32Array.from(values));
  return 1.4826 * middle(Float32Array.from(values, value => Math.abs(value - centre)));
}

/* The width of the kernel for points, in cells. */
function kernelFor(points, x, y) {
  const spread = Math.min(spreadOf(points.map(i => x[i])), spreadOf(points.map(i => y[i]))) * REGION_CELLS / MAP_SIDE;
  return Math.max(REGION_KERNEL[0], Math.min(REGION_KERNEL[1], spread * points.length ** (-1 / 6)));
}

function smoothed(grid, cells, spread) {
  const reach = Math.ceil(3 * spread);
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (unused, k) => Math.exp(-((k - reach) ** 2) / (2 * spread * spread)));
  let from = grid;
  for (const step of [1, cells]) {
    const to = new Float32Array(cells * cells);
    for (let at = 0; at < to.length; at += 1) {
      const place = step === 1 ? at % cells : Math.floor(at / cells);
      for (let k = Math.max(-reach, -place); k <= Math.min(reach, cells - 1 - place); k += 1) {
        to[at] += kernel[k + reach] * from[at + k * step];
      }
    }
    from = to;
  }
  return from;
}

/* Where a grid crosses a level, as lines [x, y, x, y] in cells from centre to centre: marching squares. */
function contour(grid, cells, level) {
  const lines = [];
  for (let y = 0; y + 1 < cells; y += 1) {
    for (let x = 0; x + 1 < cells; x += 1) {
      const corners = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]];
      const values = corners.map(([cx, cy]) => grid[cy * cells + cx] - level);
      const crossings = [];
      for (let k = 0; k < 4; k += 1) {
        const [a, b] = [values[k], values[(k + 1) % 4]];
        if (a < 0 !== b < 0) {
          const part = a / (a - b);
          const [[ax, ay], [bx, by]] = [corners[k], corners[(k + 1) % 4]];
          crossings.push([ax + part * (bx - ax), ay + part * (by - ay)]);
        }
      }
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        lines.push([...crossings[k], ...crossings[k + 1]]);
      }
    }
  }
  return lines;
}

/* The region of some points of a map: { lines, at }, both in the map's steps; at is where it is densest. */
function regionOf(points, x, y) {
  const side = MAP_SIDE / REGION_CELLS;
  const cell = i => Math.floor((y[i] + MAP_RIM) / side) * REGION_CELLS + Math.floor((x[i] + MAP_RIM) / side);
  const counted = new Float32Array(REGION_CELLS * REGION_CELLS);
  points.forEach(i => { counted[cell(i)] += 1; });
  const grid = smoothed(counted, REGION_CELLS, kernelFor(points, x, y));
  const densities = Float32Array.from(points, i => grid[cell(i)]).sort();
  const level = densities[Math.floor((1 - REGION_SHARE) * densities.length)];
  let densest = 0;
  grid.forEach((value, at) => {
    if (value > grid[densest]) {
      densest = at;
    }
  });
  const step = cells => (cells + 0.5) * side - MAP_RIM;
  return { lines: contour(grid, REGION_CELLS, level).map(line => line.map(step)),
    at: [step(densest % REGION_CELLS), step(Math.floor(densest / REGION_CELLS))] };
}

/* Regions of the colours with the most points, as { value, lines, at }; of all points where colours have no names. */
function regionsOf({ values, counts, names }, { x, y }) {
  const wanted = names.length === 0 ? [0]
    : [...names.keys()].filter(k => counts[k] >= REGION_LEAST).sort((a, b) => counts[b] - counts[a] || a - b).slice(0, REGION_MOST);
  const points = new Map(wanted.map(value => [value, []]));
  values.forEach((value, i) => {
    const group = points.get(names.length === 0 ? 0 : value);
    if (x[i] >= 0 && group) {
      group.push(i);
    }
  });
  return [...points].filter(([, group]) => group.length >= REGION_LEAST).map(([value, group]) => ({ value, ...regionOf(group, x, y) }));
}
