package org.gazecheck.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.gazecheck.data.ImageCheck;
import org.gazecheck.data.ImageChecker;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.ImageOpener;
import org.gazecheck.data.Listing;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckJsonTest {
    @TempDir
    Path folder;

    @Test
    void whatALookCameToSurvivesItsColumn() throws Exception {
        BufferedImage image = new BufferedImage(12, 10, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 4, 0xff8040);
        ImageIO.write(image, "png", folder.resolve("a.png").toFile());
        BufferedImage mask = new BufferedImage(12, 10, BufferedImage.TYPE_BYTE_GRAY);
        mask.setRGB(3, 4, 0xffffff);
        ImageIO.write(mask, "png", folder.resolve("mask.png").toFile());
        Files.writeString(folder.resolve("b.png"), "no image");
        ImageChecker checker = new ImageChecker(
                new ImageLoader(ImageOpener.folder(folder), 1000), Files::readAllBytes, Optional.of(folder));

        for (String path : new String[] {"a.png", "b.png", "missing.png"}) {
            ImageCheck check = checker.check(new Listing.Entry(
                    path, Split.VAL, "class", Optional.empty(), Optional.of(folder.resolve("mask.png"))));
            assertEquals(check, CheckJson.read(CheckJson.of(check)), path);
        }
    }
}
