
/* ---- images that are like one: by features, by heatmap, and in train ---- */

const LIKENESSES = [['features', 'Alike by features'], ['heatmap', 'Alike by heatmap']];

/* Rows of pictures to go on to; they are there when the image's block of maps is. */
function alike(i) {
  const part = make('div', 'alike-images');
  whenDetailed(i, () => {
    for (const [by, title] of LIKENESSES) {
      const found = neighboursOf(i, by);
      if (found.length > 0) {
        const row = make('div', 'thumbnails');
        const figures = found.map(other => thumbnail(other, [i, ...found]));
        row.append(...figures);
        const right = found.filter(isCorrect).length;
        part.append(make('h3', '', title), make('p', 'hint', right + ' of ' + found.length + ' are right; '
          + found.filter(other => report.images.predicted[other] === report.images.predicted[i]).length
          + ' are predicted as this one is'), row);
        figures.forEach(figure => figure.draw());
      }
    }
  });
  return part;
}

/* An image of train, larger: it has no prediction that the large view could show. */
function trainImage(i) {
  const figure = make('figure', 'train-image');
  const path = report.images.path[i];
  figure.append(imageElement(i), untrusted('figcaption', '', 'train: ' + path));
  return figure;
}

/* The images of train that are most alike; a click shows one larger, another takes it away. */
function nearestInTrain(found) {
  const part = make('div', 'examples');
  const row = make('div', 'thumbnails');
  const larger = make('div');
  for (const other of found) {
    const button = make('button', 'open');
    button.type = 'button';
    button.setAttribute('aria-label', 'Larger: ' + report.images.path[other]);
    button.setAttribute('aria-pressed', 'false');
    const figure = thumbnail(other, []);
    figure.replaceChild(button, figure.firstChild);
    button.append(plain(other, EVIDENCE).box);
    button.addEventListener('click', () => {
      const was = button.getAttribute('aria-pressed') === 'true';
      row.querySelectorAll('button').forEach(each => each.setAttribute('aria-pressed', 'false'));
      button.setAttribute('aria-pressed', String(!was));
      larger.replaceChildren(...was ? [] : [trainImage(other)]);
    });
    row.append(figure);
  }
  part.append(make('h3', '', 'Nearest in train'), row, larger);
  return part;
}
