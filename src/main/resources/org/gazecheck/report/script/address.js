
/* ---- address: "#/images?outcome=error&label=rose&image=..." holds the whole state of the images ---- */

function imagesAddress(where = 'images') {
  const parts = new URLSearchParams();
  writeCriteria(parts);
  if (view.show !== 'predicted') {
    parts.set('show', view.show);
  }
  if (view.colours !== 'inferno') {
    parts.set('colours', view.colours);
  }
  if (view.opacity !== 55) {
    parts.set('opacity', view.opacity);
  }
  if (!view.outline) {
    parts.set('outline', 'off');
  }
  if (view.threshold !== 0) {
    parts.set('threshold', view.threshold);
  }
  if (view.size !== STANDARD_SIZE) {
    parts.set('size', view.size);
  }
  if (view.map !== 'features') {
    parts.set('map', view.map);
  }
  if (view.mapColour !== 'label') {
    parts.set('colour', view.mapColour);
  }
  if (view.regions) {
    parts.set('regions', 'on');
  }
  return '#/' + where + '?' + parts;
}

/* Where the reader is, whatever is seen large. */
function placeAddress() {
  return ['images', 'map'].includes(views.current()) ? imagesAddress(views.current()) : location.hash.split('?')[0] || '#/' + views.current();
}

/* Where the reader is, with the image that is seen large. */
function address() {
  const place = placeAddress();
  return detail.open() ? place + (place.includes('?') ? '&' : '?') + 'image=' + report.images.name[detail.image()] : place;
}

/* Writes the state into the address, without a step in the browser's history. */
function remember() {
  views.write(history.state, address());
}

/* To the images that are asked for now: a step in the history. */
function seeImages() {
  update();
  views.go(imagesAddress(), null);
}

/* What an end of a range says: a finite number, or '' for an open end. */
function end(text) {
  const value = Number(text);
  return text === '' || !Number.isFinite(value) ? '' : value;
}

/* Takes which images are asked for from the address; what it does not know is left out. */
function recall(parts) {
  readCriteria(parts);
  const among = (name, known) => {
    const value = parts.get(name) || '';
    if (value !== '' && !known.includes(value)) {
      criteria.odd.push('not understood: ' + isolated(name + '=' + value));
    }
    return known.includes(value) ? value : known[0];
  };
  view.show = among('show', ['predicted', 'true', 'contrast', 'none']);
  view.colours = among('colours', ['inferno', ...Object.keys(SCALES)]);
  const opacity = end(parts.get('opacity') || '');
  view.opacity = opacity === '' ? 55 : Math.max(0, Math.min(100, opacity));
  view.outline = parts.get('outline') !== 'off';
  const threshold = end(parts.get('threshold') || '');
  view.threshold = threshold === '' ? 0 : Math.max(0, Math.min(95, threshold));
  const size = end(parts.get('size') || '');
  view.size = size === '' ? STANDARD_SIZE : Math.max(80, Math.min(400, size));
  view.map = among('map', ['features', 'heatmap']);
  view.mapColour = among('colour', imageMap.colours());
  view.regions = among('regions', ['off', 'on']) === 'on';
  update();
}
