package org.gazecheck.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageWalkTest {
    @TempDir
    private Path folder;

    @Test
    void foldersAreWalkedIntoSortedAndNamedFilesCountWhateverTheyAreCalled() throws Exception {
        file("b/2.png");
        file("b/1.JPG");
        file("b/notes.txt");
        file("b/a/9.gif");
        file("b/.hidden/1.png");
        file("b/.thumbnail.png");
        file("a.upload");
        assertEquals(List.of("a.upload", "b/1.JPG", "b/2.png", "b/a/9.gif"), walk("a.upload", "b"));
        assertEquals(List.of("b/a/9.gif", "a.upload"), walk("b/a", "a.upload"));
    }

    @Test
    void aLinkBackToAFolderAboveIsNotFollowed() throws Exception {
        file("top/in/1.png");
        Files.createSymbolicLink(folder.resolve("top/in/up"), folder.resolve("top"));
        Files.createSymbolicLink(folder.resolve("beside"), folder.resolve("top/in"));
        assertEquals(List.of("top/in/1.png"), walk("top"));
        assertEquals(List.of("beside/1.png"), walk("beside"));
    }

    @Test
    void whatCannotBeReadIsTold() throws Exception {
        file("notes/readme.txt");
        Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(folder.resolve("links/gone.png"), folder.resolve("nowhere.png"));
        assertEquals("no such file or folder", problem("missing.png"));
        assertEquals("the folder holds no image", problem("notes"));
        assertEquals("the link leads nowhere", problem("links"));
    }

    @Test
    void whatNetworkStorageKeepsIsPassedOverAndTold() throws Exception {
        file("b/1.png");
        file("b/@eaDir/1.png/SYNOPHOTO_THUMB_M.jpg");
        file("b/#recycle/2.png");
        file("b/.DS_Store");
        ImageWalk walk = new ImageWalk(List.of(folder.resolve("b")));
        List<String> found = new ArrayList<>();
        walk.forEachRemaining(each -> found.add(folder.relativize(each.file()).toString()));
        assertEquals(List.of("b/1.png"), found);
        assertTrue(walk.passedOver().orElseThrow().contains("2 images with them: 1 #recycle, 1 .DS_Store, 1 @eaDir"));
    }

    @Test
    void atTheEndThereIsNothing() {
        ImageWalk walk = new ImageWalk(List.of());
        assertFalse(walk.hasNext());
        assertThrows(NoSuchElementException.class, walk::next);
    }

    private String problem(String named) {
        return new ImageWalk(List.of(folder.resolve(named))).next().problem();
    }

    private List<String> walk(String... named) {
        List<String> found = new ArrayList<>();
        new ImageWalk(List.of(named).stream().map(folder::resolve).toList()).forEachRemaining(each -> {
            assertNull(each.problem());
            found.add(folder.relativize(each.file()).toString());
        });
        return found;
    }

    private void file(String path) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }
}
