package org.gazecheck.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gazecheck.io.FolderLock;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.SavedView;
import org.gazecheck.results.SavedViewsFile;

/** {@code /api/views}: views of the report that people keep in the run folder, by name; every answer has all of them. */
final class ViewRequests {
    private static final int MOST = 500;

    private final RunFolder folder;
    private final ServedRun run;

    ViewRequests(RunFolder folder, ServedRun run) {
        this.folder = folder;
        this.run = run;
    }

    Reply list() throws IOException {
        return answer(SavedViewsFile.read(folder.savedViews()));
    }

    /** Keeps one, instead of an earlier one of its name. */
    Reply put(HttpExchange exchange) throws Refusal, IOException {
        return change(exchange, true);
    }

    /** Takes the one of this name away. */
    Reply delete(HttpExchange exchange) throws Refusal, IOException {
        return change(exchange, false);
    }

    private synchronized Reply change(HttpExchange exchange, boolean kept) throws Refusal, IOException {
        SavedView view;
        try {
            view = SavedView.of(Body.of(exchange));
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
        try (FolderLock lock = folder.lock()) {
            List<SavedView> views = new ArrayList<>(SavedViewsFile.read(folder.savedViews()));
            views.removeIf(each -> each.name().equals(view.name()));
            if (kept) {
                if (views.size() >= MOST) {
                    throw new Refusal(409, "the run has " + MOST + " views: delete some first");
                }
                views.add(view);
            }
            SavedViewsFile.write(folder.savedViews(), views);
            return answer(views);
        }
    }

    private Reply answer(List<SavedView> views) throws IOException {
        return Reply.of(
                "application/json; charset=utf-8", SavedViewsFile.json(views), Map.of("Gazecheck-Run", run.id()));
    }
}
