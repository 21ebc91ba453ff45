
/* ---- clusters of heatmaps: what the gallery says above its images when one is asked for ---- */

/* Index of the group that is asked for, or -1. */
function askedGroup() {
  return report.clusters ? report.clusters.names.indexOf(criteria.cluster) : -1;
}

function meanMap(index) {
  const { means, h, w } = report.clusters;
  const place = canvas('heat');
  if (means[index].length > 0) {
    place.hidden = false;
    place.removeAttribute('aria-hidden');
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', 'Mean heatmap of the cluster');
    paint(place, stretch(Float32Array.from(means[index]), h, w, CANVAS), CANVAS, CANVAS);
  }
  return place;
}

function showGroup() {
  const place = document.getElementById('group-page');
  const index = askedGroup();
  place.hidden = index < 0;
  if (index < 0) {
    place.replaceChildren();
    return;
  }
  const { names, sizes, right, images, allRight, split } = report.clusters;
  const others = images - sizes[index];
  const box = make('div', 'frame plain');
  box.append(meanMap(index));
  const text = make('div');
  text.append(make('h3', '', 'Heatmaps in cluster ' + names[index]),
    make('p', '', count(sizes[index]) + ' of ' + count(images) + ' images of ' + split + ' are decided in the same place. '
      + percent(right[index] / sizes[index]) + ' of them are right'
      + (others > 0 ? ', ' + percent((allRight - right[index]) / others) + ' of the others.' : '.')),
    make('p', 'hint', 'On the left the mean of their heatmaps. Classes differ in how often they are right: whether the cluster '
      + 'differs from other images of the same classes is tested under Findings.'));
  const id = 'heatmap-cluster:' + names[index];
  if (id in report.findings) {
    text.append(rulings.link(id, 'The finding about it'));
  }
  place.replaceChildren(box, text);
}
