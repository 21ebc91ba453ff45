package org.gazecheck.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gazecheck.config.DataSettings;
import org.gazecheck.progress.Progress;

/** Has every image of a listing looked at. */
@FunctionalInterface
public interface ImageChecks {
    /** Takes what came of one; called by one thread at a time. */
    @FunctionalInterface
    interface Taker {
        /** @param entry its number in the listing */
        void take(int entry, ImageCheck check);
    }

    /** Hands on what came of each entry, in any order. */
    void of(Listing listing, Progress progress, Taker taker) throws IOException;

    /** On all cores of this machine. */
    static ImageChecks onThisMachine(ImageLoader images, DataSettings data) {
        ImageChecker checker = new ImageChecker(images, Files::readAllBytes, Sources.masks(data));
        return (listing, progress, taker) -> {
            ExecutorService threads =
                    Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
            try (Progress.Task task =
                    progress.start("check images", listing.entries().size())) {
                List<Future<?>> futures = new ArrayList<>();
                for (int i = 0; i < listing.entries().size(); i++) {
                    int entry = i;
                    futures.add(threads.submit(() -> {
                        ImageCheck check = checker.check(listing.entries().get(entry));
                        synchronized (taker) {
                            taker.take(entry, check);
                        }
                        task.advance(1);
                    }));
                }
                for (Future<?> future : futures) {
                    future.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("an image could not be checked", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("checking images was interrupted");
            } finally {
                threads.shutdownNow();
            }
        };
    }
}
