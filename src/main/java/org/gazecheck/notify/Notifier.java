package org.gazecheck.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gazecheck.notify.Message.UnusableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells others of a night. Nothing here throws because of what a server does: a dead webhook fails no night. */
public final class Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private final Map<String, String> environment;
    private final Sender sender;

    /** @param environment where the secrets are, as {@link System#getenv()} */
    public Notifier(Map<String, String> environment, RetryPolicy policy) {
        this.environment = Map.copyOf(environment);
        sender = new Sender(policy);
    }

    /** Posts a JSON text to all of them at once; one answer each, in their order. */
    public List<Delivery> post(List<Webhook> hooks, byte[] json) {
        if (hooks.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(hooks.size(), Notifier::daemon);
        try {
            List<Callable<Delivery>> work = new ArrayList<>();
            hooks.forEach(hook -> work.add(() -> post(hook, json)));
            List<Delivery> deliveries = new ArrayList<>();
            for (Future<Delivery> done : threads.invokeAll(work)) {
                deliveries.add(done.get());
            }
            return deliveries.stream().map(Notifier::logged).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return hooks.stream()
                    .map(hook -> logged(Delivery.failed(Message.target(hook.url()), 0, "interrupted")))
                    .toList();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a delivery throws nothing", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Calls a URL of a dead-man's switch (a GET). */
    public Delivery ping(SecretText url) {
        try {
            return logged(sender.send(Message.ping(url, environment)));
        } catch (UnusableException e) {
            return logged(Delivery.failed(Message.target(url), 0, String.valueOf(e.getMessage())));
        }
    }

    private Delivery post(Webhook hook, byte[] json) {
        try {
            return sender.send(Message.post(hook, json, environment));
        } catch (UnusableException e) {
            return Delivery.failed(Message.target(hook.url()), 0, String.valueOf(e.getMessage()));
        }
    }

    private static Delivery logged(Delivery delivery) {
        if (delivery.delivered()) {
            LOG.info("notification to {}", delivery.text());
        } else {
            LOG.warn("notification to {}", delivery.text());
        }
        return delivery;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "webhook");
        thread.setDaemon(true);
        return thread;
    }
}
