package org.gazecheck.audit.intervention;

/** An image divided into cells, row by row. */
record CellGrid(int rows, int columns) {
    int count() {
        return rows * columns;
    }

    int row(int cell) {
        return cell / columns;
    }

    int column(int cell) {
        return cell % columns;
    }

    /** How far two cells are apart: the larger of rows and columns between them. */
    int apart(int a, int b) {
        return Math.max(Math.abs(row(a) - row(b)), Math.abs(column(a) - column(b)));
    }

    /** The cell that lies so many rows and columns away; -1 where that is outside. */
    int beside(int cell, int rows, int columns) {
        int row = row(cell) + rows;
        int column = column(cell) + columns;
        return row >= 0 && row < this.rows && column >= 0 && column < this.columns ? row * this.columns + column : -1;
    }

    /** The pixels of a cell. */
    Window of(int cell, int size) {
        return around(cell, new Extent(0, 0, 0, 0), 0, 0, size);
    }

    /** The pixels of cells around a cell, with half a cell around these, at least so many each way, moved inside an image of a size. */
    Window around(int cell, Extent extent, int least, int size) {
        return around(cell, extent, 1, least, size);
    }

    private Window around(int cell, Extent extent, int margin, int least, int size) {
        double h = (double) size / rows;
        double w = (double) size / columns;
        int height = (int) Math.max(least, Math.round((1 + margin + extent.above + extent.below) * h));
        int width = (int) Math.max(least, Math.round((1 + margin + extent.left + extent.right) * w));
        double y = (row(cell) + 0.5 + (extent.below - extent.above) / 2.0) * h - height / 2.0;
        double x = (column(cell) + 0.5 + (extent.right - extent.left) / 2.0) * w - width / 2.0;
        return Window.inside((int) Math.round(x), (int) Math.round(y), width, height, size);
    }

    /** How many cells something reaches from one cell. */
    record Extent(int above, int below, int left, int right) {}
}
