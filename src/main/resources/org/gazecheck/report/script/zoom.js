
/* ---- zoom and pan over the picture and its maps, which move together ---- */

const zoom = (() => {
  const MOST = 12;
  let boxes = [];
  let place = { scale: 1, x: 0, y: 0 };
  let dragged = null;
  let tell = () => {};

  function apply() {
    const { scale, x, y } = place;
    for (const box of boxes) {
      box.style.setProperty('--zoom', 'translate(' + -100 * x * scale + '%, ' + -100 * y * scale + '%) scale(' + scale + ')');
      box.classList.toggle('zoomed', scale > 1);
    }
    tell(scale);
  }

  /* x and y: what lies at the upper left, as shares of the picture. */
  function to(scale, x, y) {
    const kept = Math.max(1, Math.min(MOST, scale));
    const most = 1 - 1 / kept;
    place = { scale: kept, x: Math.max(0, Math.min(most, x)), y: Math.max(0, Math.min(most, y)) };
    apply();
  }

  /* Around a point of the box, given as shares of it. */
  function by(factor, fx = 0.5, fy = 0.5) {
    const scale = Math.max(1, Math.min(MOST, place.scale * factor));
    to(scale, place.x + fx / place.scale - fx / scale, place.y + fy / place.scale - fy / scale);
  }

  function shares(event, box) {
    const edges = box.getBoundingClientRect();
    return [(event.clientX - edges.left) / edges.width, (event.clientY - edges.top) / edges.height];
  }

  function listen(box) {
    box.addEventListener('wheel', event => {
      event.preventDefault();
      by(event.deltaY < 0 ? 1.2 : 1 / 1.2, ...shares(event, box));
    }, { passive: false });
    box.addEventListener('dblclick', () => to(1, 0, 0));
    box.addEventListener('pointerdown', event => {
      if (place.scale > 1) {
        dragged = { from: shares(event, box), x: place.x, y: place.y };
        box.setPointerCapture(event.pointerId);
      }
    });
    box.addEventListener('pointermove', event => {
      if (dragged) {
        const [fx, fy] = shares(event, box);
        to(place.scale, dragged.x - (fx - dragged.from[0]) / place.scale, dragged.y - (fy - dragged.from[1]) / place.scale);
      }
    });
    for (const end of ['pointerup', 'pointercancel']) {
      box.addEventListener(end, () => { dragged = null; });
    }
  }

  /* Takes the frames of an image; another image begins whole. */
  function link(frames, again) {
    boxes = frames;
    if (!again) {
      place = { scale: 1, x: 0, y: 0 };
    }
    boxes.forEach(listen);
    apply();
  }

  /* Buttons for it. */
  function buttons() {
    const line = make('p', 'zoom-line');
    const button = (text, label, act) => {
      const element = make('button', 'choice', text);
      element.type = 'button';
      element.setAttribute('aria-label', label);
      element.addEventListener('click', act);
      line.append(element);
      return element;
    };
    button('\u2212', 'Zoom out', () => by(1 / 1.5));
    button('+', 'Zoom in', () => by(1.5));
    const whole = button('1\u00d7', 'The whole picture', () => to(1, 0, 0));
    tell = scale => { whole.textContent = scale.toFixed(1).replace('.0', '') + '\u00d7'; };
    for (const [text, label, dx, dy] of [['\u2190', 'left', -1, 0], ['\u2191', 'up', 0, -1], ['\u2193', 'down', 0, 1], ['\u2192', 'right', 1, 0]]) {
      button(text, 'Look further ' + label, () => to(place.scale, place.x + dx / 4 / place.scale, place.y + dy / 4 / place.scale));
    }
    return line;
  }

  return { link, buttons };
})();
