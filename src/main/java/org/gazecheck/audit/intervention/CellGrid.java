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

    /** A square window around the middle of a cell, moved inside an image of that side. */
    Window around(int cell, int side, int size) {
        int x = (int) Math.round((column(cell) + 0.5) * size / columns - side / 2.0);
        int y = (int) Math.round((row(cell) + 0.5) * size / rows - side / 2.0);
        return Window.inside(x, y, side, size);
    }

    /** The pixels of a cell. */
    Window of(int cell, int size) {
        int side = Math.max(1, Math.round((float) size / columns));
        return around(cell, side, size);
    }
}
