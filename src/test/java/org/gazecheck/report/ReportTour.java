package org.gazecheck.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Takes the pictures of {@code docs/report-tour.md} from a run's report (scripts/report-tour.sh). */
public final class ReportTour {
    private static final int WIDTH = 1360;
    private static final int HEIGHT = 850;
    private static final double SCALE = 0.75;

    private ReportTour() {}

    /** @param args the run folder, and the folder that receives the pictures */
    public static void main(String[] args) throws IOException {
        Path page = Path.of(args[0]).resolve("index.html").toAbsolutePath();
        Path pictures = Files.createDirectories(Path.of(args[1]));
        try (Browser browser = Browser.open()) {
            take(browser, page, "", "", pictures.resolve("overview.jpg"));
            take(browser, page, "#/findings", "", pictures.resolve("findings.jpg"));
            String errors = "#/images?outcome=error&sort=-confidence";
            take(browser, page, errors, "", pictures.resolve("gallery.jpg"));
            String open = "document.querySelector('#gallery article').click()";
            take(browser, page, errors, open, pictures.resolve("detail.jpg"));
            take(browser, page, "#/map?outcome=any", "", pictures.resolve("map.jpg"));
            take(browser, page, "#confusions", "", pictures.resolve("confusions.jpg"));
            browser.dark();
            take(browser, page, errors + "&show=contrast&colours=viridis", "", pictures.resolve("dark.jpg"));
        }
    }

    private static void take(Browser browser, Path page, String fragment, String script, Path picture)
            throws IOException {
        browser.open(page, fragment, WIDTH, HEIGHT);
        browser.run(script);
        browser.run("return new Promise(done => setTimeout(done, 1200))");
        browser.assertClean();
        BufferedImage whole = ImageIO.read(new ByteArrayInputStream(browser.picture()));
        int width = (int) (SCALE * whole.getWidth());
        int height = (int) (SCALE * whole.getHeight());
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(whole, 0, 0, width, height, null);
        graphics.dispose();
        ImageIO.write(small, "jpg", picture.toFile());
    }
}
