
/* ---- mended: images under the network before, whose maps come with the data, and under this one ---- */

let mapsBefore = null;
/* As wide as the two pictures of a pair are. */
const BESIDE = 132;

function drawBefore(place, note, number, show) {
  const key = number + ' ' + show + ' ' + view.colours;
  if (place.drawn === key) {
    return;
  }
  place.drawn = key;
  note.textContent = '';
  if (show === 'none') {
    place.hidden = true;
    return;
  }
  drawMap(place, note, heatmapOf(target => rawOf(mapsBefore.get(target), number), show), show);
}

/* An image with what the network before looked at. */
function frameBefore(i, number) {
  const box = make('div', 'frame');
  const heat = canvas('heat');
  const note = make('p', 'note');
  box.append(imageElement(i, BESIDE), heat, note);
  return { box, draw: () => drawBefore(heat, note, number, view.show) };
}

function fillMended() {
  mapsBefore = new Map(Object.entries(report.mapsBefore).map(([target, maps]) => [target, unpacked(maps)]));
  const among = [...document.querySelectorAll('[data-before]')].map(place => Number(place.dataset.image));
  for (const place of document.querySelectorAll('[data-before], [data-after]')) {
    const i = Number(place.dataset.image);
    const before = place.dataset.before !== undefined;
    const picture = before ? frameBefore(i, Number(place.dataset.before)) : frame(i, BESIDE);
    const figure = place.parentElement;
    if (before) {
      place.replaceWith(picture.box);
    } else {
      place.replaceWith(opening(i, among, picture.box));
    }
    figure.image = i;
    figure.draw = picture.draw;
    thumbnails.push(figure);
  }
}
