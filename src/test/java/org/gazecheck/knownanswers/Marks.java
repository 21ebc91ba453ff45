package org.gazecheck.knownanswers;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.SplittableRandom;

/** Drawn things, each in a square of side 1 around the origin. */
final class Marks {
    /** Letters as strokes in a box of 4 by 6, y downwards. */
    private static final Map<String, int[][]> LETTERS = Map.of(
            "nw", new int[][] {{0, 6, 2, 0, 4, 6}, {1, 4, 3, 4}, {6, 0, 6, 6, 10, 6}, {12, 0, 12, 6}},
            "ne", new int[][] {{0, 6, 0, 0, 4, 6, 4, 0}, {6, 0, 10, 0}, {8, 0, 8, 6}, {12, 0, 16, 6}, {16, 0, 12, 6}},
            "sw", new int[][] {{4, 0, 0, 0, 0, 6, 4, 6}, {6, 0, 6, 6}, {6, 3, 10, 3}, {10, 0, 10, 6}, {12, 3, 16, 3}},
            "se", new int[][] {{0, 0, 4, 0, 0, 6, 4, 6}, {6, 6, 8, 0, 10, 6}, {12, 6, 12, 0, 16, 0}, {12, 3, 15, 3}});

    private Marks() {}

    /** @param g with the mark's middle as origin and its width as unit */
    static void draw(Graphics2D g, Property property, SplittableRandom random) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        switch (property.artefact()) {
            case STAMP -> tag(g, LETTERS.get(property.variant()), property.variant());
            case STICKER -> {
                if (property.variant().equals("disc")) {
                    disc(g, random);
                } else {
                    ruler(g);
                }
            }
            default -> {
                if (property.variant().equals("ladybird")) {
                    ladybird(g);
                } else {
                    clip(g);
                }
            }
        }
    }

    private static void tag(Graphics2D g, int[][] letters, String variant) {
        boolean light = variant.startsWith("n");
        g.setColor(light ? new Color(245, 243, 235) : new Color(25, 30, 60));
        g.fill(new Rectangle2D.Double(-0.5, -0.25, 1, 0.5));
        g.setColor(light ? new Color(20, 20, 20) : new Color(250, 220, 60));
        g.setStroke(new BasicStroke(0.05f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int[] strokes : letters) {
            Path2D path = new Path2D.Double();
            for (int i = 0; i < strokes.length; i += 2) {
                double x = -0.4 + strokes[i] * 0.05;
                double y = -0.15 + strokes[i + 1] * 0.05;
                if (i == 0) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
            }
            g.draw(path);
        }
    }

    private static void disc(Graphics2D g, SplittableRandom random) {
        g.setColor(new Color(20, 60, 200 + random.nextInt(40)));
        g.fill(new Ellipse2D.Double(-0.5, -0.5, 1, 1));
        g.setColor(new Color(240, 240, 240));
        g.fill(new Ellipse2D.Double(-0.28, -0.28, 0.56, 0.56));
        g.setColor(new Color(20, 160, 220));
        g.fill(new Ellipse2D.Double(-0.14, -0.14, 0.28, 0.28));
    }

    private static void ruler(Graphics2D g) {
        g.setColor(new Color(235, 225, 190));
        g.fill(new Rectangle2D.Double(-0.9, -0.2, 1.8, 0.4));
        g.setColor(Color.BLACK);
        g.setStroke(new BasicStroke(0.035f));
        for (int i = 0; i <= 16; i++) {
            double x = -0.88 + i * 0.11;
            g.draw(new Line2D.Double(x, -0.2, x, i % 4 == 0 ? 0.08 : -0.05));
        }
    }

    private static void ladybird(Graphics2D g) {
        g.setColor(new Color(25, 20, 20));
        g.fill(new Ellipse2D.Double(-0.2, -0.5, 0.4, 0.35));
        g.setColor(new Color(205, 30, 20));
        g.fill(new Ellipse2D.Double(-0.36, -0.34, 0.72, 0.82));
        g.setColor(new Color(25, 20, 20));
        g.setStroke(new BasicStroke(0.04f));
        g.draw(new Line2D.Double(0, -0.33, 0, 0.47));
        for (double[] spot : new double[][] {{-0.18, -0.12}, {0.18, -0.12}, {-0.17, 0.2}, {0.17, 0.2}}) {
            g.fill(new Ellipse2D.Double(spot[0] - 0.08, spot[1] - 0.08, 0.16, 0.16));
        }
        g.setColor(new Color(255, 220, 210, 170));
        g.fill(new Ellipse2D.Double(-0.2, -0.28, 0.14, 0.09));
    }

    private static void clip(Graphics2D g) {
        Path2D path = new Path2D.Double();
        path.moveTo(-0.12, -0.1);
        path.lineTo(-0.12, 0.3);
        path.curveTo(-0.12, 0.5, 0.2, 0.5, 0.2, 0.3);
        path.lineTo(0.2, -0.3);
        path.curveTo(0.2, -0.55, -0.28, -0.55, -0.28, -0.3);
        path.lineTo(-0.28, 0.2);
        g.setStroke(new BasicStroke(0.13f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(new Color(60, 65, 75));
        g.draw(path);
        g.setStroke(new BasicStroke(0.05f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(new Color(225, 230, 240));
        g.draw(path);
    }
}
