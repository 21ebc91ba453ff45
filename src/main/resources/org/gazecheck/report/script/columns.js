
/* ---- columns: numbers of the data as typed arrays, an eighth of what a number in a list may take ---- */

/* What is missing is not a number. */
function packedColumn(values) {
  const whole = values.every(value => Number.isInteger(value) && Math.abs(value) < 32768);
  return whole ? Int16Array.from(values) : Float64Array.from(values, value => (value === null ? NaN : value));
}

function packColumns(columns, names) {
  for (const name of names) {
    if (columns[name]) {
      columns[name] = packedColumn(columns[name]);
    }
  }
}

function packNumbers(data) {
  packColumns(data.images, ['label', 'predicted', 'pLabel', 'pPredicted', 'margin', 'rank']);
  Object.values(data.localisation).forEach(columns => packColumns(columns, Object.keys(columns)));
  packColumns(data.properties, Object.keys(data.properties));
  if (data.dataQuality) {
    packColumns(data.dataQuality, ['confident', 'outlier', 'duplicates']);
  }
  if (data.clusters) {
    packColumns(data.clusters, ['of']);
  }
  if (data.imageMaps) {
    ['features', 'heatmap'].forEach(map => packColumns(data.imageMaps[map], ['x', 'y']));
  }
}
